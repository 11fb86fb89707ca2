using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.Universe;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Monitors.History;

/// <summary>
/// Daily bars of stocks, completed days only. ATR, RSI and mean volume share them: one range per stock and day, ended yesterday, so that it never goes stale
/// while the day runs and is dropped when the trading date changes. Thread-safe.
/// </summary>
public sealed class DailyHistory(IKiteMarket market, InstrumentBook instruments, DailyHistoryOptions? options = null)
{
    private readonly DailyHistoryOptions _options = options ?? new DailyHistoryOptions();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<IReadOnlyList<KiteBar>?>> _series = new(StringComparer.Ordinal);
    private DateOnly _day;

    /// <summary>How it reads.</summary>
    public DailyHistoryOptions Options => _options;

    /// <summary>Bars before the cycle's date, oldest first; asked for once, whoever comes first. Null when they could not be had; the next asker tries again.</summary>
    public async ValueTask<IReadOnlyList<KiteBar>?> BarsAsync(string symbol, DateTimeOffset cycle, string client, CancellationToken cancellation)
    {
        Task<IReadOnlyList<KiteBar>?> bars;
        lock (_lock)
        {
            Turn(cycle);
            if (!_series.TryGetValue(symbol, out var known) || (known.IsCompleted && Got(known) is null))
            {
                known = AskAsync(symbol, cycle, client);
                _series[symbol] = known;
            }

            bars = known;
        }

        return await Together.OrLeaveAsync(bars, cancellation);
    }

    /// <summary>What is held, without asking or waiting; null otherwise.</summary>
    public IReadOnlyList<KiteBar>? Held(string symbol, DateTimeOffset cycle)
    {
        lock (_lock)
        {
            Turn(cycle);
            return _series.TryGetValue(symbol, out var known) ? Got(known) : null;
        }
    }

    /// <summary>Mean volume of the last sessions held, or null while no bars are.</summary>
    public decimal? AverageVolume(string symbol, DateTimeOffset cycle) =>
        Held(symbol, cycle) is { Count: > 0 } bars ? bars.TakeLast(_options.AverageDays).Average(static bar => (decimal)bar.Volume) : null;

    private static IReadOnlyList<KiteBar>? Got(Task<IReadOnlyList<KiteBar>?> bars) => bars.IsCompletedSuccessfully ? bars.Result : null;

    private void Turn(DateTimeOffset cycle)
    {
        if (Ist.DayOf(cycle) is var day && day != _day)
        {
            _series.Clear();
            _day = day;
        }
    }

    // One ask serves all who need it, so nobody's leaving ends it.
    private async Task<IReadOnlyList<KiteBar>?> AskAsync(string symbol, DateTimeOffset cycle, string client)
    {
        var day = Ist.DayOf(cycle);
        if (await instruments.TokensAsync("NSE", cycle, client, CancellationToken.None) is not { } tokens || !tokens.TryGetValue(symbol, out var token))
        {
            return null;
        }

        var bars = await market.BarsAsync(token, "day", day.AddDays(-_options.CalendarDays), day.AddDays(-1), Ist.At(day, TimeOnly.MinValue), client, CancellationToken.None);

        // Today's bar is partial; a source that sends it all the same must not falsify the indicators.
        // No bars at all are no answer worth keeping: the next asker tries again.
        IReadOnlyList<KiteBar> completed = bars is null ? [] : [.. bars.Where(bar => Ist.DayOf(bar.Start) < day)];
        return completed.Count > 0 ? completed : null;
    }
}
