using Headgate.Strategies.Store;

namespace Headgate.Strategies.Runs;

/// <summary>
/// Counters of runs since start (specification §8). One lock, never held while anything else is called. Answers from the cache are counted as
/// hits with their own response times and never enter the run-time statistics.
/// </summary>
public sealed class MetricsRegistry(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Counters> _byStrategy = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _started = time.GetUtcNow();

    public void Succeeded(string strategy, double milliseconds) => Update(strategy, c => c.Ran(milliseconds, Iso.Instant(time.GetUtcNow()), null));

    public void Failed(string strategy, double milliseconds, string error) => Update(strategy, c => c.Ran(milliseconds, Iso.Instant(time.GetUtcNow()), error));

    /// <summary>Answered from the cache in this time.</summary>
    public void CacheHit(string strategy, double milliseconds) => Update(strategy, c => c.Hit(milliseconds));

    /// <summary>Asked of the cache and not found. A run that did not ask is no miss.</summary>
    public void CacheMiss(string strategy) => Update(strategy, c => c.Misses++);

    /// <summary>Forgets one strategy's counters, or all.</summary>
    public void Reset(string? strategy)
    {
        lock (_lock)
        {
            if (strategy is null)
            {
                _byStrategy.Clear();
            }
            else
            {
                _byStrategy.Remove(strategy);
            }
        }
    }

    /// <summary>One strategy's counters; zeros when it never ran.</summary>
    public StrategyMetrics Of(string strategy)
    {
        lock (_lock)
        {
            return (_byStrategy.GetValueOrDefault(strategy) ?? new Counters()).Snapshot();
        }
    }

    /// <summary>All counters; the cache's part is the caller's to add.</summary>
    public PlatformMetrics All(object cache)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var uptime = (now - _started).TotalSeconds;
            return new PlatformMetrics(
                Math.Round(uptime, 2), Math.Round(uptime / 3600, 2), Iso.Instant(_started), Iso.Instant(now), Counters.Overall(_byStrategy.Values),
                _byStrategy.ToDictionary(s => s.Key, s => s.Value.Snapshot(), StringComparer.Ordinal), cache);
        }
    }

    private void Update(string strategy, Action<Counters> change)
    {
        lock (_lock)
        {
            if (!_byStrategy.TryGetValue(strategy, out var counters))
            {
                _byStrategy[strategy] = counters = new Counters();
            }

            change(counters);
        }
    }
}
