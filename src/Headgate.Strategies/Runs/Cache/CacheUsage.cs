namespace Headgate.Strategies.Runs.Cache;

/// <summary>Entries and hits of one strategy.</summary>
public sealed record CacheUsage(long CachedEntries, long TotalHits);
