namespace Headgate.Refresh;

/// <summary>Intervals by strategy and priority: the unified scheduler's table (2/5/10/30, 5/10/20/60, 10/20/40/120 and 20/40/80/240 minutes), whose
/// rows are multiples of NORMAL, so that they apply to a stated interval as well.</summary>
internal static class StrategyTable
{
    /// <summary>The interval of a watch that states none, under NORMAL.</summary>
    public static TimeSpan Interval(WatchPriority priority) => TimeSpan.FromMinutes(priority switch
    {
        WatchPriority.Critical => 5,
        WatchPriority.High => 10,
        WatchPriority.Medium => 20,
        _ => 60,
    });

    /// <summary>An interval under another strategy than NORMAL.</summary>
    public static TimeSpan Under(RefreshStrategy strategy, WatchPriority priority, TimeSpan normal) => strategy switch
    {
        RefreshStrategy.Aggressive => priority == WatchPriority.Critical ? normal * 2 / 5 : normal / 2,
        RefreshStrategy.Conservative => normal * 2,
        RefreshStrategy.Minimal => normal * 4,
        _ => normal,
    };
}
