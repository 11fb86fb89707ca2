namespace Headgate.History;

/// <summary>What is told of a candle series in a listing: everything but its rows.</summary>
/// <param name="Series">Its key.</param>
/// <param name="Covered">Known seconds, ascending, disjoint, not touching; what lies between is not known.</param>
/// <param name="Rows">Candles held.</param>
/// <param name="Bytes">Bytes they are charged with.</param>
/// <param name="SentAt">The send of the newest contributing call.</param>
public sealed record HistoryInfo(ItemKey Series, IReadOnlyList<InstantRange> Covered, long Rows, long Bytes, EngineTime SentAt)
{
    /// <summary>As people name it: the target without bounds, credentials and what tells upstream addresses apart.</summary>
    public string Name => NameOf(Series);

    internal static string NameOf(ItemKey series) => series.Id.IndexOf(" /", StringComparison.Ordinal) is >= 0 and var origin ? series.Id[(origin + 1)..] : series.Id;
}
