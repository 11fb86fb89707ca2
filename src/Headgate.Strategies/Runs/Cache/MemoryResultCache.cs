namespace Headgate.Strategies.Runs.Cache;

/// <summary>
/// The default cache: in process, entries expire after the time to live, the least recently used leave when the bound on bytes is reached.
/// </summary>
/// <param name="ttl">Default of the platform: 3600 s.</param>
/// <param name="bytesMax">Bound on the stored texts; an entry larger than a quarter of it is not kept.</param>
public sealed class MemoryResultCache(TimeProvider time, TimeSpan ttl, long bytesMax = 256L << 20) : IResultCache
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _recent = new();
    private long _bytes;
    private long _peak;

    public ValueTask<bool> IsAvailableAsync() => ValueTask.FromResult(true);

    public ValueTask<CachedRun?> GetAsync(string strategy, string key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                return ValueTask.FromResult<CachedRun?>(null);
            }

            if (time.GetUtcNow() >= node.Value.Expires)
            {
                Remove_NeedsLock(node);
                return ValueTask.FromResult<CachedRun?>(null);
            }

            node.Value.Accesses++;
            _recent.Remove(node);
            _recent.AddFirst(node);
            return ValueTask.FromResult<CachedRun?>(node.Value.Run);
        }
    }

    public ValueTask SetAsync(string strategy, string key, CachedRun run)
    {
        var entry = new Entry { Key = key, Strategy = strategy, Run = run, Expires = time.GetUtcNow() + ttl, Bytes = 2L * (run.Data.Length + run.Metadata.Length) + 512 };
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var old))
            {
                Remove_NeedsLock(old);
            }

            if (entry.Bytes > bytesMax / 4)
            {
                return ValueTask.CompletedTask;
            }

            while (_bytes + entry.Bytes > bytesMax && _recent.Last is { } last)
            {
                Remove_NeedsLock(last);
            }

            _entries[key] = _recent.AddFirst(entry);
            _bytes += entry.Bytes;
            _peak = Math.Max(_peak, _bytes);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<long> InvalidateAsync(string keyPrefix)
    {
        lock (_lock)
        {
            RemoveExpired_NeedsLock();
            var matching = _recent.Where(e => e.Key.StartsWith(keyPrefix, StringComparison.Ordinal)).Select(e => _entries[e.Key]).ToList();
            matching.ForEach(Remove_NeedsLock);
            return ValueTask.FromResult((long)matching.Count);
        }
    }

    public ValueTask<CacheStats> StatsAsync()
    {
        lock (_lock)
        {
            RemoveExpired_NeedsLock();
            var byStrategy = _recent.GroupBy(e => e.Strategy, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => new CacheUsage(g.Count(), g.Sum(e => e.Accesses)), StringComparer.Ordinal);
            return ValueTask.FromResult(new CacheStats(
                _entries.Count, byStrategy.Values.Sum(u => u.TotalHits), Megabytes(_bytes), Megabytes(_peak), byStrategy));
        }
    }

    public ValueTask<CacheHealth> HealthAsync() => ValueTask.FromResult(new CacheHealth("healthy", LatencyMs: 0));

    private static double Megabytes(long bytes) => Math.Round(bytes / 1048576.0, 2);

    private void RemoveExpired_NeedsLock()
    {
        var now = time.GetUtcNow();
        foreach (var node in _entries.Values.Where(n => now >= n.Value.Expires).ToList())
        {
            Remove_NeedsLock(node);
        }
    }

    private void Remove_NeedsLock(LinkedListNode<Entry> node)
    {
        _recent.Remove(node);
        _entries.Remove(node.Value.Key);
        _bytes -= node.Value.Bytes;
    }

    private sealed class Entry
    {
        public required string Key { get; init; }

        public required string Strategy { get; init; }

        public required CachedRun Run { get; init; }

        public required DateTimeOffset Expires { get; init; }

        public required long Bytes { get; init; }

        public long Accesses { get; set; }
    }
}
