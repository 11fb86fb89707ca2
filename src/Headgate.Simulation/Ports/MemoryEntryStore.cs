using Headgate.Caching;

namespace Headgate.Simulation;

/// <summary>An entry store in memory that behaves like one on a disk: written behind, a crash loses what was not flushed, never serves wrong.</summary>
/// <remarks>One per process; the <see cref="EntryDisk"/> outlives it. For the pump's one thread.</remarks>
public sealed class MemoryEntryStore : IEntryStore
{
    private readonly EntryDisk _disk;
    private readonly VirtualTime _time;
    private readonly Dictionary<ItemKey, Entry?> _pending = [];
    private readonly List<Entitlement> _entitlements = [];
    private readonly Dictionary<string, EntryOrigin> _resets = new(StringComparer.Ordinal);
    private readonly WriteBehindTimer _behind;
    private bool _crashed;

    /// <param name="disk">What is durable.</param>
    /// <param name="time">The world's clock.</param>
    public MemoryEntryStore(EntryDisk disk, VirtualTime time)
    {
        _disk = disk;
        _time = time;
        _behind = new WriteBehindTimer(time, Flush);
    }

    /// <summary>A new, empty store.</summary>
    public MemoryEntryStore(VirtualTime time)
        : this(new EntryDisk(), time)
    {
    }

    /// <summary>What is put becomes durable this long after; default 100 ms.</summary>
    public TimeSpan WriteBehind
    {
        get => _behind.Delay;
        set => _behind.Delay = value;
    }

    /// <summary>Reading takes this long; default 0.</summary>
    public TimeSpan ReadLatency { get; set; }

    public string? LastError { get; set; }

    public async ValueTask<IReadOnlyList<Entry>> LoadAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        List<Entry> found = [];
        foreach (var key in keys)
        {
            if (Current(key) is { } entry)
            {
                found.Add(entry);
            }
        }

        return found;
    }

    public async ValueTask<IReadOnlyList<Entry>> LoadRecentAsync(long bytesMax, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        List<Entry> recent = [];
        long bytes = 0;
        foreach (var entry in _disk.Entries.Values.OrderByDescending(entry => entry.SentAt).ThenByDescending(entry => entry.Version))
        {
            bytes += entry.Body.Length;
            if (bytes > bytesMax)
            {
                break;
            }

            recent.Add(entry);
        }

        return recent;
    }

    public void Put(Entry entry)
    {
        if (Current(entry.Key) is { } held && held.Version >= entry.Version)
        {
            return;
        }

        _pending[entry.Key] = entry;
        Arm();
    }

    public void Remove(ItemKey key)
    {
        _pending[key] = null;
        Arm();
    }

    public async ValueTask<IReadOnlyList<EntryInfo>> ListAsync(EntryFilter filter, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        return
        [
            .. _disk.Entries.Values.Select(EntryInfo.Of).Where(filter.Matches)
                .OrderByDescending(entry => entry.SentAt).ThenByDescending(entry => entry.Version).Take(filter.Max),
        ];
    }

    public void Reset(EntryOrigin origin)
    {
        foreach (var key in _pending.Keys.Concat(_disk.Entries.Keys).Where(key => EntryFilter.IsIn(origin.Provider, key.Endpoint)).ToList())
        {
            _pending[key] = null;
        }

        _entitlements.RemoveAll(queued => string.Equals(queued.Provider, origin.Provider, StringComparison.Ordinal));
        _resets[origin.Provider] = origin;
        Arm();
    }

    public ValueTask<IReadOnlyList<EntryOrigin>> LoadOriginsAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<EntryOrigin>>(
            [.. _disk.Origins.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new EntryOrigin(pair.Key, pair.Value))]);

    public ValueTask FlushAsync(CancellationToken cancellation)
    {
        Flush();
        return ValueTask.CompletedTask;
    }

    public void PutEntitlement(Entitlement entitlement)
    {
        _entitlements.Add(entitlement);
        Arm();
    }

    public ValueTask<IReadOnlyList<Entitlement>> LoadEntitlementsAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<Entitlement>>([.. _disk.Entitlements]);

    /// <summary>The process dies: what was not flushed is gone.</summary>
    public void Crash()
    {
        _crashed = true;
        _pending.Clear();
        _resets.Clear();
        _entitlements.Clear();
    }

    private Entry? Current(ItemKey key) => _pending.TryGetValue(key, out var pending) ? pending : _disk.Entries.GetValueOrDefault(key);

    private void Arm()
    {
        if (!_crashed)
        {
            _behind.Arm();
        }
    }

    private void Flush()
    {
        if (_crashed)
        {
            return;
        }

        foreach (var (key, entry) in _pending)
        {
            if (entry is null)
            {
                _disk.Entries.Remove(key);
            }
            else
            {
                _disk.Entries[key] = entry;
            }
        }

        foreach (var reset in _resets.Values)
        {
            _disk.Entitlements.RemoveAll(held => string.Equals(held.Provider, reset.Provider, StringComparison.Ordinal));
            _disk.Origins[reset.Provider] = reset.Origin;
        }

        foreach (var entitlement in _entitlements)
        {
            _disk.Entitlements.RemoveAll(held => held.Credential == entitlement.Credential
                && string.Equals(held.Provider, entitlement.Provider, StringComparison.Ordinal)
                && string.Equals(held.Class, entitlement.Class, StringComparison.Ordinal));
            _disk.Entitlements.Add(entitlement);
        }

        _pending.Clear();
        _resets.Clear();
        _entitlements.Clear();
    }

    private Task ReadAsync(CancellationToken cancellation) => ReadLatency == TimeSpan.Zero ? Task.CompletedTask : _time.Delay(ReadLatency, cancellation);
}
