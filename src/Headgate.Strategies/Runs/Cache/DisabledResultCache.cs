namespace Headgate.Strategies.Runs.Cache;

/// <summary>No cache: every run computes.</summary>
public sealed class DisabledResultCache : IResultCache
{
    public ValueTask<bool> IsAvailableAsync() => ValueTask.FromResult(false);

    public ValueTask<CachedRun?> GetAsync(string strategy, string key) => ValueTask.FromResult<CachedRun?>(null);

    public ValueTask SetAsync(string strategy, string key, CachedRun run) => ValueTask.CompletedTask;

    public ValueTask<long> InvalidateAsync(string keyPrefix) => ValueTask.FromResult(0L);

    public ValueTask<CacheStats> StatsAsync() => ValueTask.FromResult(new CacheStats(0, 0, 0, 0, new Dictionary<string, CacheUsage>(StringComparer.Ordinal)));

    public ValueTask<CacheHealth> HealthAsync() => ValueTask.FromResult(new CacheHealth("disabled", Message: "Cache is disabled by configuration"));
}
