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
