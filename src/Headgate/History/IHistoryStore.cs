namespace Headgate.History;

/// <summary>Second level of candle history: rows as the upstream wrote them, and which seconds of each series are known.</summary>
/// <remarks>
/// Thread-safe. Writing is behind: a crash may lose the newest 100 ms, and what is left never claims a second whose rows it lacks. Failures to
/// write are reported through <see cref="LastError"/> and cost only the second level.
/// </remarks>
public interface IHistoryStore
{
    /// <summary>What is known of a series, or null.</summary>
    ValueTask<HistoryHead?> LoadAsync(ItemKey series, CancellationToken cancellation);

    /// <summary>The rows whose bars are stamped in the range, and how much of it they answer for: less than was known when it has been pruned since.</summary>
    ValueTask<HistoryRows> LoadRowsAsync(ItemKey series, InstantRange range, CancellationToken cancellation);

    /// <summary>Queues for writing behind: the rows become all that the series has in the range, and the range is known.</summary>
    void Put(HistoryWrite write);

    /// <summary>Queues the removal of a whole series.</summary>
    void Remove(ItemKey series);

    /// <summary>Series by endpoint and id, in ordinal order.</summary>
    /// <param name="filter">Endpoint, id, age of the last call, and how many.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<IReadOnlyList<HistoryInfo>> ListAsync(HistoryFilter filter, CancellationToken cancellation);

    /// <summary>Completes when everything queued before is durable.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    ValueTask FlushAsync(CancellationToken cancellation);

    /// <summary>The last write failure, or null while writing works.</summary>
    string? LastError { get; }
}

/// <summary>What a store knows of a series besides its rows.</summary>
/// <param name="Series">Endpoint, owner, and the target without bounds and credentials.</param>
/// <param name="Covered">Known seconds, ascending, disjoint, not touching.</param>
/// <param name="Frame">The newest contributing call's.</param>
public sealed record HistoryHead(ItemKey Series, IReadOnlyList<InstantRange> Covered, HistoryFrame Frame);

/// <summary>Rows of one look into the store.</summary>
/// <param name="Covered">The parts of the range that are known, ascending.</param>
/// <param name="Rows">Ascending.</param>
public sealed record HistoryRows(IReadOnlyList<InstantRange> Covered, IReadOnlyList<CandleRow> Rows)
{
    public static HistoryRows None { get; } = new([], []);
}

/// <summary>What stands around the rows of an answer.</summary>
/// <param name="Prefix">Up to the first row.</param>
/// <param name="Separator">Between two rows; null while no answer had two.</param>
/// <param name="Suffix">After the last row.</param>
/// <param name="ContentType">The answer's media type.</param>
/// <param name="Headers">Headers worth repeating; never Set-Cookie.</param>
/// <param name="SentAt">The send of the call.</param>
public sealed record HistoryFrame(
    ReadOnlyMemory<byte> Prefix, ReadOnlyMemory<byte>? Separator, ReadOnlyMemory<byte> Suffix, string? ContentType, IReadOnlyList<HeaderField> Headers, EngineTime SentAt);

/// <summary>Final rows of one call.</summary>
/// <param name="Series">Whose.</param>
/// <param name="Range">Now known; every row's bar is stamped in it.</param>
/// <param name="Rows">Ascending.</param>
/// <param name="Frame">The call's, with a separator known from before where it has none itself.</param>
public sealed record HistoryWrite(ItemKey Series, InstantRange Range, IReadOnlyList<CandleRow> Rows, HistoryFrame Frame);
