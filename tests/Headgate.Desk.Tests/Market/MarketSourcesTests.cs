using Headgate.Desk.Doors;
using Headgate.Desk.Monitors;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.Universe;
using Headgate.Desk.Tests.Support;
using Headgate.Simulation;
using Microsoft.Extensions.Configuration;

namespace Headgate.Desk.Tests.Market;

public sealed class MarketSourcesTests
{
    private static readonly DateTimeOffset Ten = Ist.At(DeskWorld.Thursday, new TimeOnly(10, 0));

    [Fact]
    public async Task Yahoo_gives_prices_alone_twenty_symbols_an_ask()
    {
        var door = new FakeDoor(new VirtualTime(Ten), static ask => ask.Target.Contains("INFY", StringComparison.Ordinal)
            ? FakeDoor.Data("""{"INFY.NS":{"symbol":"INFY.NS","close":[1500.5,1501.25,null]},"M&M.NS":{"close":[null]},"TCS.NS":{"close":[0]}}""")
            : FakeDoor.Refused("The limit address is closed."));
        var set = await new YahooMarket(door).QuotesAsync(
            ["NSE:INFY", "NSE:M&M", "NFO:INFY26NOVFUT", .. Enumerable.Range(0, 25).Select(static i => $"NSE:S{i}")], Ten, "stock", default);
        set.Quotes.Single().ShouldBe(new("NSE:INFY", new KiteQuote(1501.25m, 0, 0, 0, 0, 0, 0, 0, 0)));
        set.Problems.Count.ShouldBe(3);
        door.Asks.Count.ShouldBe(2);
        door.Asks[0].Target.ShouldStartWith("/v8/finance/spark?symbols=INFY.NS,M%26M.NS,S0.NS");
        door.Asks.ShouldAllBe(static ask => ask.NotBefore == Ten && ask.Provider == "yahoo");
    }

    [Fact]
    public void With_prices_alone_the_stock_monitor_still_finds_drops_and_the_ATR_monitor_does_not_run()
    {
        var time = new VirtualTime(Ist.At(DeskWorld.Thursday, new TimeOnly(9, 24)));
        var alerts = new FakeAlerts();
        var door = new FakeDoor(time, _ => FakeDoor.Data("{\"INFY.NS\":{\"close\":[" + (Ist.TimeOf(time.GetUtcNow()) < new TimeOnly(9, 35) ? "100" : "98.5") + "]}}"));
        var records = new MemoryRecordStore(new RecordDisk());
        var desk = new KiteDesk(door, records, alerts, StockUniverse.Of(["INFY"]), new DeskMonitorOptions { Source = "nsepy" });
        desk.Monitors.Select(static monitor => monitor.Name).ShouldBe(["housekeeping", "stock", "onemin"], ignoreOrder: true);
        Run(desk, records, time, TimeSpan.FromMinutes(15));
        alerts.Types("INFY").ShouldBe(["5min"]);
    }

    [Fact]
    public void The_demo_has_twenty_stocks_and_up_to_three_forced_drops_of_2_5_to_4_per_cent()
    {
        var time = new VirtualTime(Ist.At(DeskWorld.Thursday, new TimeOnly(9, 24)));
        var alerts = new FakeAlerts();
        var records = new MemoryRecordStore(new RecordDisk());
        var desk = new KiteDesk(new FakeDoor(time, static _ => throw new NotSupportedException()), records, alerts, StockUniverse.Sample, new DeskMonitorOptions { Source = "demo" });
        desk.Universe.Stocks.Count.ShouldBe(20);
        Run(desk, records, time, TimeSpan.FromHours(6.2));
        alerts.Raised.Where(static alert => alert.Type is "5min").Select(static alert => alert.Subject).Distinct().Count().ShouldBeInRange(1, 3);
        alerts.Raised.Where(static alert => alert.Type is "5min").ShouldAllBe(static alert => alert.Row!.Cells["Change %"].Number > -5.5m && alert.Row.Cells["Change %"].Number < -1.25m);
    }

    [Fact]
    public async Task The_demo_is_the_same_after_a_restart_and_another_with_another_seed()
    {
        var time = new VirtualTime(Ten);
        var names = DemoMarket.Symbols.Select(static symbol => "NSE:" + symbol).ToList();
        var first = await new DemoMarket(time).QuotesAsync(names, Ten, "stock", default);
        (await new DemoMarket(time).QuotesAsync(names, Ten, "stock", default)).Quotes.ShouldBe(first.Quotes);
        (await new DemoMarket(time, 2).QuotesAsync(names, Ten, "stock", default)).Quotes.ShouldNotBe(first.Quotes);
    }

    [Fact]
    public void Every_threshold_is_read_from_the_section_desk()
    {
        var options = DeskMonitorOptions.From(Configuration(
            ("desk:stock:fiveMinutePercent", "1.5"), ("desk:stock:riseAlerts", "false"), ("desk:onemin:cooldown", "00:05:00"), ("desk:atr:entryMultiplier", "1.5"),
            ("desk:session:from", "09:20"), ("desk:kite:batchMax", "200")));
        options.Stock.FiveMinutePercent.ShouldBe(1.5m);
        options.Stock.RiseAlerts.ShouldBeFalse();
        options.Stock.TenMinutePercent.ShouldBe(2);
        options.OneMin.Cooldown.ShouldBe(TimeSpan.FromMinutes(5));
        options.Atr.EntryMultiplier.ShouldBe(1.5m);
        options.Session.From.ShouldBe(new TimeOnly(9, 20));
        options.Kite.BatchMax.ShouldBe(200);
        DeskMonitorOptions.From(Configuration()).ShouldSatisfyAllConditions(
            static none => none.Stock.ShouldBe(new()), static none => none.OneMin.ShouldBe(new()), static none => none.Atr.ShouldBe(new()), static none => none.Kite.ShouldBe(new()));
    }

    [Theory]
    [InlineData("desk:kite:batchMax", "501")]
    [InlineData("desk:source", "bloomberg")]
    [InlineData("desk:atr:barsMin", "30")]
    [InlineData("desk:stock:sectorSnapshots", "noon")]
    [InlineData("desk:stock:fiveMinutePercent", "much")]
    public void A_setting_that_cannot_be_is_refused_and_named(string key, string value) =>
        Should.Throw<FormatException>(() => DeskMonitorOptions.From(Configuration((key, value)))).Message.ShouldContain(key.Split(':')[^1], Case.Insensitive);

    private static void Run(KiteDesk desk, MemoryRecordStore records, VirtualTime time, TimeSpan span) => time.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var run = new MonitorHost(desk.Monitors, records, desk.Rules, time).RunAsync(stop.Token);
        await time.Delay(span);
        stop.Cancel();
        await run;
    });

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
