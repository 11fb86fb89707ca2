namespace Headgate.Desk.Collectors.Health;

/// <summary>Everything that is told of an API.</summary>
/// <param name="Counts">Since the start.</param>
/// <param name="Status">Now.</param>
/// <param name="Score">Over the window, 0 to 1; null without a call in it.</param>
/// <param name="QpsLimit">Calls a second that its tightest short limit lets through; null where none is stated.</param>
/// <param name="DailyLimit">Calls of its day's budget; null where it has none.</param>
/// <param name="DailyUsed">Permits of it that are spent; null where it has none.</param>
/// <param name="DailyRemaining">Permits of it that are left, in the scope that has fewest; null where it has none.</param>
/// <param name="ResetAt">When its day begins anew (wall clock); null for a rolling one, or none.</param>
/// <param name="Backoff">How long its longest closure lasts from now; zero without one.</param>
public sealed record ApiHealth(
    ApiCounts Counts, ApiStatus Status, decimal? Score, decimal? QpsLimit, long? DailyLimit, long? DailyUsed, long? DailyRemaining, DateTimeOffset? ResetAt, TimeSpan Backoff);
