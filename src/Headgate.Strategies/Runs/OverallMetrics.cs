namespace Headgate.Strategies.Runs;

/// <summary>The sums over all strategies. Rates in percent, two decimals.</summary>
public sealed record OverallMetrics(
    long TotalExecutions, long SuccessfulExecutions, long FailedExecutions, double SuccessRate, long CacheHits, long CacheMisses, double CacheHitRate);
