using Headgate.Caching;

namespace Headgate.Simulation;

/// <summary>An entry store in memory that behaves like one on a disk: written behind, a crash loses what was not flushed, never serves wrong.</summary>
/// <remarks>One per process; the <see cref="EntryDisk"/> outlives it. For the pump's one thread.</remarks>
public sealed class MemoryEntryStore : IEntryStore
{
    private readonly EntryDisk _disk;
    private readonly VirtualTime _time;
    private readonly List<Action> _queued = [];
    private readonly List<TaskCompletionSource> _flushes = [];
    private bool _armed;
    private bool _crashed;

    /// <param name="disk">What is durable.</param>
    /// <param name="time">The world's clock.</param>
    public MemoryEntryStore(EntryDisk disk, VirtualTime time)
    {
        _disk = disk;
        _time = time;
    }

    /// <summary>A new, empty store.</summary>
    public MemoryEntryStore(VirtualTime time)
        : this(new EntryDisk(), time)
    {
    }

    /// <summary>What is put becomes durable this long after; default 100 ms.</summary>
    public TimeSpan WriteBehind { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Reading takes this long; default 0.</summary>
    public TimeSpan ReadLatency { get; set; }

    public string? LastError { get; set; }

    public async ValueTask<IReadOnlyList<Entry>> LoadAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        List<Entry> found = [];
        foreach (var key in keys)
        {
            if (_disk.Entries.TryGetValue(key, out var entry))
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

    public void Put(Entry entry) => Queue(() =>
    {
        if (!_disk.Entries.TryGetValue(entry.Key, out var held) || held.Version < entry.Version)
        {
            _disk.Entries[entry.Key] = entry;
        }
    });

    public void Remove(ItemKey key) => Queue(() => _disk.Entries.Remove(key));

    public async ValueTask<IReadOnlyList<EntryInfo>> ListAsync(EntryFilter filter, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        return
        [
            .. _disk.Entries.Values.Select(EntryInfo.Of).Where(filter.Matches)
                .OrderByDescending(entry => entry.SentAt).ThenByDescending(entry => entry.Version).Take(filter.Max),
        ];
    }

    public void Reset(EntryOrigin origin) => Queue(() =>
    {
        foreach (var key in _disk.Entries.Keys.Where(key => EntryFilter.IsIn(origin.Provider, key.Endpoint)).ToList())
        {
            _disk.Entries.Remove(key);
        }

        _disk.Entitlements.RemoveAll(held => string.Equals(held.Provider, origin.Provider, StringComparison.Ordinal));
        _disk.Origins[origin.Provider] = origin.Origin;
    });

    public ValueTask<IReadOnlyList<EntryOrigin>> LoadOriginsAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<EntryOrigin>>(
            [.. _disk.Origins.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new EntryOrigin(pair.Key, pair.Value))]);

    public ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_queued.Count == 0 || _crashed)
        {
            return ValueTask.CompletedTask;
        }

        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _flushes.Add(flushed);
        return new ValueTask(flushed.Task);
    }

    public void PutEntitlement(Entitlement entitlement) => Queue(() =>
    {
        _disk.Entitlements.RemoveAll(held => held.Credential == entitlement.Credential
            && string.Equals(held.Provider, entitlement.Provider, StringComparison.Ordinal)
            && string.Equals(held.Class, entitlement.Class, StringComparison.Ordinal));
        _disk.Entitlements.Add(entitlement);
    });

    public ValueTask<IReadOnlyList<Entitlement>> LoadEntitlementsAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<Entitlement>>([.. _disk.Entitlements]);

    /// <summary>The process dies: what was not flushed is gone.</summary>
    public void Crash()
    {
        _crashed = true;
        _queued.Clear();
    }

    private void Queue(Action write)
    {
        if (_crashed)
        {
            return;
        }

        _queued.Add(write);
        if (!_armed)
        {
            _armed = true;
            ITimer? timer = null;
            timer = _time.CreateTimer(
                _ =>
                {
                    timer!.Dispose();
                    Flush();
                },
                null,
                WriteBehind,
                Timeout.InfiniteTimeSpan);
        }
    }

    private void Flush()
    {
        _armed = false;
        foreach (var write in _queued)
        {
            write();
        }

        _queued.Clear();
        foreach (var flush in _flushes)
        {
            flush.TrySetResult();
        }

        _flushes.Clear();
    }

    private Task ReadAsync(CancellationToken cancellation) => ReadLatency == TimeSpan.Zero ? Task.CompletedTask : _time.Delay(ReadLatency, cancellation);
}
