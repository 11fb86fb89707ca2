using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Universe;
using Headgate.Desk.Waiting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Desk.Monitors.History;

/// <summary>Loads the day's bars of all stocks before the monitoring window opens. A host that starts later loads them at once.</summary>
public sealed class HistoryLoader(DailyHistory history, StockUniverse universe, SessionRules rules, ILogger? log = null) : IMonitor
{
    private const string Client = "desk_history";

    public string Name => "history";

    /// <summary>Any time of the day is better than never.</summary>
    public TimeSpan LateMax => TimeSpan.FromHours(6);

    public bool IsPerProcess => true;

    public IReadOnlyList<DateTimeOffset> Moments(DateOnly day) => rules.IsTradingDay(day) ? [Ist.At(day, history.Options.LoadAt)] : [];

    public async ValueTask<CycleResult> RunAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        if (!rules.IsTradingDay(Ist.DayOf(cycle)))
        {
            return new CycleResult(universe.Stocks.Count, 0) { Note = "no trading day" };
        }

        var next = 0;
        var got = 0;
        async Task WorkAsync()
        {
            while (Interlocked.Increment(ref next) - 1 is var i && i < universe.Stocks.Count)
            {
                if (await history.BarsAsync(universe.Stocks[i], cycle, Client, cancellation) is not null)
                {
                    Interlocked.Increment(ref got);
                }
            }
        }

        await Together.AllAsync([.. Enumerable.Range(0, Math.Clamp(history.Options.Parallel, 1, 50)).Select(_ => WorkAsync())]);
        MonitorLog.HistoryLoaded(log ?? NullLogger.Instance, got, universe.Stocks.Count, Ist.DayOf(cycle));
        return new CycleResult(universe.Stocks.Count, got) { Errors = universe.Stocks.Count - got };
    }
}
