namespace Headgate.Caching;

/// <summary>Both levels of entries: memory first, the store behind it.</summary>
internal sealed class EntryBook
{
    private readonly EntryCache _memory;
    private readonly IEntryStore _store;
    private long _version;

    public EntryBook(EntryCache memory, IEntryStore store, IEnumerable<Entry> warm)
    {
        _memory = memory;
        _store = store;
        foreach (var entry in warm)
        {
            _memory.Put(entry);
            _version = Math.Max(_version, entry.Version);
        }
    }

    public int Count => _memory.Count;

    public long Bytes => _memory.Bytes;

    public Entry? Find(in ItemKey key) => _memory.Find(key);

    /// <param name="hash">Of <see cref="HashOf"/>.</param>
    /// <inheritdoc cref="Find(in ItemKey)"/>
    public Entry? Find(in ItemKey key, int hash) => _memory.Find(key, hash);

    /// <summary>Brings what looks at these hashes will read near the processor.</summary>
    public void Approach(ReadOnlySpan<int> hashes) => _memory.Approach(hashes);

    /// <summary>For callers that look the same key up again and again.</summary>
    public int HashOf(in ItemKey key) => _memory.HashOf(key);

    public IReadOnlyList<Entry> Snapshot() => _memory.Snapshot();

    /// <summary>Brings keys that memory has dropped back from the store.</summary>
    public async ValueTask RecallAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellation)
    {
        foreach (var entry in await _store.LoadAsync(keys, cancellation))
        {
            _memory.Put(entry);
        }
    }

    /// <summary>Keeps an entry in both levels, unless a newer one is held.</summary>
    public void Put(Entry entry)
    {
        if (_memory.Put(entry))
        {
            _store.Put(entry);
        }
    }

    /// <summary>What a filter matches in either level, newest send first: memory alone knows what a failing store could not take.</summary>
    public async ValueTask<IReadOnlyList<EntryInfo>> ListAsync(EntryFilter filter, CancellationToken cancellation)
    {
        var stored = await _store.ListAsync(filter, cancellation);
        var all = stored.ToDictionary(entry => entry.Key);
        foreach (var entry in _memory.Snapshot().Select(EntryInfo.Of).Where(filter.Matches))
        {
            all[entry.Key] = entry;
        }

        return [.. all.Values.OrderByDescending(entry => entry.SentAt).ThenByDescending(entry => entry.Version).Take(filter.Max)];
    }

    /// <summary>Removes from both levels what a filter matches, its bound aside; completes when that is durable.</summary>
    /// <returns>Entries removed.</returns>
    /// <exception cref="IOException">The store cannot be written; memory has let go of some or all of them.</exception>
    public async ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancellation)
    {
        // In pages, each made durable: more removals at once than the store's queue holds would empty the store.
        var page = filter with { Max = 1_000 };
        var removed = 0L;
        while (await ListAsync(page, cancellation) is { Count: > 0 } found)
        {
            foreach (var entry in found)
            {
                Remove(entry.Key);
            }

            await _store.FlushAsync(cancellation);
            removed += found.Count;
        }

        return removed;
    }

    /// <summary>Ends everything of a provider: what follows comes from elsewhere.</summary>
    public void Reset(EntryOrigin origin)
    {
        foreach (var entry in _memory.Snapshot().Where(entry => EntryFilter.IsIn(origin.Provider, entry.Key.Endpoint)))
        {
            _memory.Remove(entry.Key);
        }

        _store.Reset(origin);
    }

    public void Remove(in ItemKey key)
    {
        _memory.Remove(key);
        _store.Remove(key);
    }

    /// <summary>A version greater than every one given before, also across restarts.</summary>
    public long NextVersion(EngineTime now)
    {
        // The clock carries it past versions that were made in a life whose last writes were lost.
        while (true)
        {
            var held = Volatile.Read(ref _version);
            var next = Math.Max(held + 1, now.Ticks);
            if (Interlocked.CompareExchange(ref _version, next, held) == held)
            {
                return next;
            }
        }
    }
}
