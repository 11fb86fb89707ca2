using Headgate.Strategies.Runs.Cache;

namespace Headgate.Strategies.Api;

/// <summary>The body of GET /cache/stats.</summary>
/// <param name="MemoryUsedMb">MB of results held, two decimals.</param>
/// <param name="Timestamp">UTC, ISO 8601.</param>
public sealed record CacheStatsBody(
    long TotalCachedEntries, long TotalCacheHits, double MemoryUsedMb, double MemoryPeakMb, IReadOnlyDictionary<string, CacheUsage> ByStrategy, string Timestamp);
