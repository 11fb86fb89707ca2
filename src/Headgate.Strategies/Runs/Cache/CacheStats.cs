namespace Headgate.Strategies.Runs.Cache;

/// <summary>The cache's state.</summary>
/// <param name="MemoryUsedMb">MB of results held, two decimals.</param>
public sealed record CacheStats(
    long TotalCachedEntries, long TotalCacheHits, double MemoryUsedMb, double MemoryPeakMb, IReadOnlyDictionary<string, CacheUsage> ByStrategy);
