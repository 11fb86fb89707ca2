using Headgate.Desk.Doors;
using Headgate.Desk.Monitors;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.Universe;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Support;

/// <summary>A desk in virtual time over a market, records and alerts of the test's own.</summary>
internal sealed class DeskWorld
{
    public static readonly DateOnly Friday = new(2026, 11, 20);
    public static readonly DateOnly Thursday = new(2026, 11, 19);

    private readonly string[] _stocks;
    private readonly string[]? _running;

    public DeskWorld(DateOnly day, string at = "09:24:59", string[]? stocks = null, DeskMonitorOptions? options = null, string[]? running = null)
    {
        Day = day;
        Time = new VirtualTime(Ist.At(day, TimeOnly.Parse(at)));
        Market = new FakeMarket(Time);
        Options = options ?? new DeskMonitorOptions();
        _stocks = stocks ?? ["INFY"];
        _running = running;
        foreach (var (symbol, i) in _stocks.Select(static (symbol, i) => (symbol, i)))
        {
            Market.Contracts.Add(new KiteContract(i + 1, symbol, symbol, "NSE", "EQ", null, 0, 1));
            Market.Contracts.Add(new KiteContract(1000 + i, $"{symbol}26NOVFUT", symbol, "NFO", "FUT", new DateOnly(2026, 11, 26), 0, 100));
        }
    }

    public DateOnly Day { get; }

    public VirtualTime Time { get; }

    public FakeMarket Market { get; }

    public FakeAlerts Alerts { get; } = new();

    public RecordDisk Disk { get; } = new();

    public DeskMonitorOptions Options { get; }

    /// <summary>The stocks without sectors and shares, unless the test says more of them.</summary>
    public StockUniverse? Universe { get; init; }

    public DateTimeOffset At(string time) => Ist.At(Day, TimeOnly.Parse(time));

    /// <summary>A desk as a new process would put it together.</summary>
    public KiteDesk Desk() => new(
        new FakeDoor(Time, static _ => throw new NotSupportedException()), new MemoryRecordStore(Disk), Alerts, Universe ?? StockUniverse.Of(_stocks), Options, market: Market, running: _running);

    /// <summary>Runs one process until a moment of the day.</summary>
    public IReadOnlyList<MonitorStatus> RunUntil(string time)
    {
        var desk = Desk();
        var host = new MonitorHost(desk.Monitors, new MemoryRecordStore(Disk), desk.Rules, Time);
        Time.Run(async () =>
        {
            using var stop = new CancellationTokenSource();
            var run = host.RunAsync(stop.Token);
            await Time.Delay(At(time) - Time.GetUtcNow());
            stop.Cancel();
            await run;
        });
        return host.Status;
    }
}
