namespace Headgate.History;

/// <summary>Which stored rows to ask for again.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Series">Raw target below the provider without bounds, as <c>/instruments/historical/408065/day</c>.</param>
/// <param name="From">First bar: a date (its first second, in the upstream's zone), a bound as the upstream writes it, or an instant with offset.</param>
/// <param name="To">Last bar, likewise; a bare date means its last second.</param>
/// <param name="Replace">Keep what the upstream says now.</param>
public sealed record HistoryQuestion(string Provider, string Series, string From, string To, bool Replace);

/// <summary>What came of asking again.</summary>
/// <param name="Problem">Why it could not be done, or not to the end; null when all that is stored of the range was compared.</param>
/// <param name="Calls">Calls made.</param>
/// <param name="Rows">Stored rows compared.</param>
/// <param name="Replaced">Were the differing rows replaced?</param>
/// <param name="Differences">Ascending by bar; at most 1,000 are told.</param>
public sealed record HistoryVerification(string? Problem, int Calls, int Rows, bool Replaced, IReadOnlyList<RowDifference> Differences);

/// <summary>A bar that the upstream tells otherwise than it did.</summary>
/// <param name="Bar">Its stamp.</param>
/// <param name="Stored">The stored row; null where none is.</param>
/// <param name="Now">The row told now; null where it is told no longer.</param>
public sealed record RowDifference(DateTimeOffset Bar, string? Stored, string? Now);
