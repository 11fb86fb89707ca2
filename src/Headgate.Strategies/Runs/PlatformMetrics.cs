namespace Headgate.Strategies.Runs;

/// <summary>Everything GET /metrics tells.</summary>
/// <param name="Cache">The cache's statistics, {status: "disabled"} or {error}.</param>
public sealed record PlatformMetrics(
    double UptimeSeconds, double UptimeHours, string StartTime, string CurrentTime, OverallMetrics Overall,
    IReadOnlyDictionary<string, StrategyMetrics> ByStrategy, object Cache);
