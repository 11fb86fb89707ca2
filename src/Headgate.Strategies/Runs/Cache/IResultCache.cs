namespace Headgate.Strategies.Runs.Cache;

/// <summary>Where finished results wait to be asked for again. Safe for concurrent use. A cache that is away never fails a run.</summary>
public interface IResultCache
{
    /// <summary>False while entries can neither be read nor written.</summary>
    ValueTask<bool> IsAvailableAsync();

    /// <summary>The entry, counted as an access; null when absent, expired or unreachable.</summary>
    ValueTask<CachedRun?> GetAsync(string strategy, string key);

    /// <summary>Keeps the entry for the cache's time to live; does nothing when unreachable.</summary>
    ValueTask SetAsync(string strategy, string key, CachedRun run);

    /// <summary>Removes the entries whose key starts with the prefix, and returns how many data entries that were.</summary>
    ValueTask<long> InvalidateAsync(string keyPrefix);

    ValueTask<CacheStats> StatsAsync();

    ValueTask<CacheHealth> HealthAsync();
}
