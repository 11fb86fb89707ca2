namespace Headgate.Strategies.Store;

/// <summary>
/// What strategies take their daily data from: the bhavcopy store, or a provider behind the gate. Implementations are safe for concurrent
/// use and answer the same for the same <see cref="VersionAsync"/>.
/// </summary>
public interface IDailySeriesSource
{
    /// <summary>Changes whenever any answer may change; part of the result cache's key and of a run's metadata.</summary>
    ValueTask<string> VersionAsync(CancellationToken cancellation);

    /// <summary>The symbol's closes, ascending, one per date. They define the trading days. Empty when unknown.</summary>
    ValueTask<IReadOnlyList<SpotDay>> SpotAsync(string symbol, CancellationToken cancellation);

    /// <summary>The symbol's expiry calendar, ascending by current expiry. Empty when unknown.</summary>
    ValueTask<IReadOnlyList<ExpiryRow>> ExpiriesAsync(string symbol, ExpiryKind kind, CancellationToken cancellation);

    /// <summary>The named base ranges, sorted by start and end; null when no such filter exists.</summary>
    ValueTask<IReadOnlyList<DateRange>?> RangesAsync(string filter, CancellationToken cancellation);

    /// <summary>All contracts of a symbol on a day; null when the day's bhavcopy is missing.</summary>
    ValueTask<DaySheet?> SheetAsync(string symbol, DateOnly date, CancellationToken cancellation);
}
