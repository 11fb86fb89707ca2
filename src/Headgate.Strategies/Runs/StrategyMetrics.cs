namespace Headgate.Strategies.Runs;

/// <summary>One strategy's figures since start. Times in milliseconds, rates in percent, two decimals.</summary>
/// <param name="AvgCachedResponseTimeMs">Answers from the cache, kept apart from run times.</param>
/// <param name="ErrorCount">All errors; <paramref name="Errors"/> keeps the last ten.</param>
public sealed record StrategyMetrics(
    long TotalExecutions, long SuccessfulExecutions, long FailedExecutions, double TotalExecutionTimeMs, double MinExecutionTimeMs,
    double MaxExecutionTimeMs, double AvgExecutionTimeMs, double SuccessRate, long CacheHits, long CacheMisses, double CacheHitRate,
    double AvgCachedResponseTimeMs, string? LastExecution, long ErrorCount, IReadOnlyList<MetricsError> Errors);
