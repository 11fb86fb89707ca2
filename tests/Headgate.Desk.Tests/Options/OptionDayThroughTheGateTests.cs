using Headgate.Catalogue;
using Headgate.Desk.Alerts;
using Headgate.Desk.Alerts.Channels;
using Headgate.Desk.Doors;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.Options;
using Headgate.Desk.Monitors.Universe;
using Headgate.Markets;
using Headgate.Simulation;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Providers;
using Headgate.Upstreams.Tapes;

namespace Headgate.Desk.Tests.Options;

/// <summary>The analyser's whole day through the engine, against the strict twins of Kite and Telegram.</summary>
public sealed class OptionDayThroughTheGateTests
{
    private readonly VirtualTime _time = new(OptionWorld.At(9, 30));
    private readonly TelegramTwin _telegram = new();
    private readonly KiteTwin _kite;

    public OptionDayThroughTheGateTests()
    {
        SyntheticSymbol[] symbols = [.. SyntheticUniverse.Nse().Where(symbol => symbol.Name is "NIFTY 50" or "INDIA VIX")];
        _kite = new KiteTwin(new KiteOptions(new SyntheticTape(1, OptionWorld.At(9, 30), symbols)) { InstrumentRows = 0 });
    }

    [Fact]
    public void History_is_called_at_most_once_per_series_and_closed_bar_and_quotes_twice_a_cycle() => Run(async (monitor, _) =>
    {
        var ran = 0;
        foreach (var moment in monitor.Moments(OptionWorld.Friday))
        {
            await _time.Delay(moment - _time.GetUtcNow());
            var result = await monitor.RunAsync(moment, default);
            result.Errors.ShouldBe(0, result.Note);
            ran++;
        }

        ran.ShouldBe(23);
        var calls = _kite.Counters.Log().Select(arrival => arrival.Request.RawTarget).ToList();
        var history = calls.Where(target => target.Contains("/historical/")).ToList();
        // Two daily series once, and the 15-minute series once with every bar that closed: at 15:25 none has since 15:15.
        history.Count(target => target.Contains("264969/day")).ShouldBe(1);
        history.Count(target => target.Contains("256265/day")).ShouldBe(1);
        history.Count(target => target.Contains("256265/15minute")).ShouldBe(22);
        calls.Count(target => target.Contains("/quote")).ShouldBe(46);
        calls.Count.ShouldBe(46 + 24 + 1);
        _kite.Counters.Violations.ShouldBe(0);
    });

    [Fact]
    public void Its_messages_arrive_in_Telegram_through_the_gate() => Run(async (monitor, desk) =>
    {
        await _time.Delay(OptionWorld.At(10, 0) - _time.GetUtcNow());
        var result = await monitor.RunAsync(OptionWorld.At(10, 0), default);
        result.AlertsSent.ShouldBe(1);
        _telegram.Messages.ShouldBe(1);
        (await desk.Alerts.LatestAsync(10, default)).Single().IsSent("telegram").ShouldBeTrue();
    });

    private void Run(Func<OptionMonitor, AlertDesk, Task> test)
    {
        var records = new MemoryRecordStore(new RecordDisk(), _time);
        var ports = new EnginePorts
        {
            Time = _time,
            BootId = "boot",
            Random = new Random(1),
            Transport = new TwinTransport(_time, _kite, _telegram),
            Ledger = new MemoryLedger(_time),
            Entries = new MemoryEntryStore(_time),
            History = new MemoryHistoryStore(new HistoryDisk(), _time),
            Hasher = new SeededHasher(1),
            Markets = new MarketSessions(MarketCalendars.Shipped),
            Secrets = new DemoSecret(),
        };
        _time.Run(async () =>
        {
            await using var engine = await Engine.StartAsync(new EngineOptions(), ports, new CatalogueSource([]).Load(), default);
            var door = new EngineDoor(engine);
            await using var desk = new AlertDesk(records, [new TelegramChannel(door, new TelegramOptions("demo", "42"))], _time);
            await desk.StartAsync(default);
            var market = new KiteMarket(door);
            await test(new OptionMonitor(market, new InstrumentBook(market), desk, records, OptionWorld.Rules, _time), desk);
        });
    }

    private sealed class DemoSecret : ISecretSource
    {
        public string? Find(string name) => name == "KITE_AUTHORIZATION" ? KiteTwin.DemoCredential["token ".Length..] : null;
    }
}
