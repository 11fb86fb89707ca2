namespace Headgate.Desk.Fleet.Statistics;

/// <summary>How long was waited. All zero without any.</summary>
/// <param name="P50">Half waited at most this long.</param>
/// <param name="P95">Nineteen of twenty did.</param>
/// <param name="Max">The longest.</param>
public readonly record struct WaitFigures(TimeSpan P50, TimeSpan P95, TimeSpan Max)
{
    internal static WaitFigures Of(IEnumerable<TimeSpan> waits)
    {
        var sorted = waits.Order().ToList();
        return sorted.Count == 0 ? default : new WaitFigures(At(sorted, 50), At(sorted, 95), sorted[^1]);
    }

    private static TimeSpan At(List<TimeSpan> sorted, int percent) => sorted[Math.Max(0, ((sorted.Count * percent) + 99) / 100 - 1)];
}
