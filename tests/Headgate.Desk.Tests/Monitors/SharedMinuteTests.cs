using System.Globalization;
using Headgate.Catalogue;
using Headgate.Desk.Doors;
using Headgate.Desk.Monitors;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Universe;
using Headgate.Desk.Tests.Support;
using Headgate.Markets;
using Headgate.Simulation;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;

namespace Headgate.Desk.Tests.Monitors;

/// <summary>The monitors through the real engine against the strict twin: what a minute costs upstream.</summary>
public sealed class SharedMinuteTests
{
    private static readonly DateOnly Day = new(2026, 11, 19);

    [Fact]
    public void Stock_one_minute_and_ATR_monitors_of_one_minute_share_one_call()
    {
        var calls = Run("10:00:00", "10:00:20", ["stock", "onemin", "atr"], loadHistory: false);
        calls.Quotes.ShouldBe(1);
        calls.Breaches.ShouldBe(0);
    }

    [Fact]
    public void The_option_analyser_s_indices_and_futures_ride_along_and_only_its_strikes_cost_a_second_call()
    {
        var calls = Run("10:00:00", "10:00:20", ["stock", "onemin", "atr", "options"], loadHistory: false);
        calls.Quotes.ShouldBe(2);
        calls.Breaches.ShouldBe(0);
    }

    [Fact]
    public void Every_minute_is_fetched_once_and_the_last_minute_s_entry_is_never_used_again()
    {
        var calls = Run("10:00:00", "10:10:30", ["stock", "onemin"], loadHistory: false);
        calls.Quotes.ShouldBe(11);
        calls.Breaches.ShouldBe(0);
    }

    [Fact]
    public void A_morning_costs_one_history_call_per_stock_and_stays_within_the_limit()
    {
        var calls = Run("09:15:30", "09:24:30", ["stock", "onemin", "atr"], loadHistory: true);
        calls.Histories.ShouldBe(20);
        calls.Breaches.ShouldBe(0);
        calls.Quotes.ShouldBe(0);
    }

    private static (int Quotes, int Histories, int Breaches) Run(string from, string to, string[] running, bool loadHistory)
    {
        var time = new VirtualTime(Ist.At(Day, TimeOnly.Parse(from, CultureInfo.InvariantCulture)));
        var twin = new KiteTwin(new KiteOptions(new SyntheticTape(1, Ist.At(Day, new TimeOnly(9, 0)))) { InstrumentRows = 0 });
        var ports = new EnginePorts
        {
            Time = time,
            BootId = "boot",
            Random = new Random(1),
            Transport = new TwinTransport(time, twin),
            Ledger = new MemoryLedger(time),
            Entries = new MemoryEntryStore(time),
            History = new MemoryHistoryStore(new HistoryDisk(), time),
            Hasher = new SeededHasher(1),
            Markets = new MarketSessions(MarketCalendars.Shipped),
            Secrets = new DemoSecret(),
        };
        var records = new MemoryRecordStore(new RecordDisk());
        var stocks = StockUniverse.Of(StockUniverse.Sample.Stocks.Intersect(SyntheticUniverse.Nse(0).Select(static symbol => symbol.Name)).Take(20));
        stocks.Stocks.Count.ShouldBe(20);
        time.Run(async () =>
        {
            await using var engine = await Engine.StartAsync(new EngineOptions(), ports, new CatalogueSource([]).Load(), default);
            var desk = new KiteDesk(new EngineDoor(engine), records, new FakeAlerts(), stocks, running: running);
            var host = new MonitorHost([.. desk.Monitors.Where(monitor => loadHistory || monitor.Name is not "history")], records, desk.Rules, time);
            using var stop = new CancellationTokenSource();
            var run = host.RunAsync(stop.Token);
            await time.Delay(Ist.At(Day, TimeOnly.Parse(to, CultureInfo.InvariantCulture)) - time.GetUtcNow());
            host.Status.ShouldAllBe(static status => status.Failures == 0);
            stop.Cancel();
            await run;
        });
        return Count(twin);
    }

    private static (int Quotes, int Histories, int Breaches) Count(KiteTwin twin)
    {
        var counts = twin.Counters.Snapshot();
        return ((int)counts.ArrivalsByEndpoint.GetValueOrDefault("quote"), (int)counts.ArrivalsByEndpoint.GetValueOrDefault("historical"), (int)counts.Violations);
    }

    private sealed class DemoSecret : ISecretSource
    {
        public string? Find(string name) => name == "KITE_AUTHORIZATION" ? KiteTwin.DemoCredential["token ".Length..] : null;
    }
}
