using System.Diagnostics;
using Headgate.Caching;

namespace Headgate.Storage.Sqlite;

/// <summary>The bounded queue between callers and the writer: one place per key, in which the newest wins.</summary>
/// <remarks>Thread-safe. What happens at its bounds, <see cref="PendingWrites"/> tells.</remarks>
internal sealed class WriteQueue
{
    private const int UsedMax = 16_384;

    private readonly EntryStoreOptions _options;
    private readonly object _gate = new();
    private readonly PendingWrites _writes;
    private readonly HashSet<long> _used = [];
    private readonly PendingEntitlements _entitlements = new();
    private Dictionary<string, IdentityHash> _resets = new(StringComparer.Ordinal);
    private List<TaskCompletionSource> _waiters = [];
    private WriteBatch? _writing;
    private long _since;
    private bool _stopping;

    public WriteQueue(EntryStoreOptions options)
    {
        _options = options;
        _writes = new PendingWrites(options);
    }

    /// <summary>Entries given up at the bound since the start.</summary>
    public long GivenUp => _writes.GivenUp;

    private bool HasWork => _writes.Count > 0 || _entitlements.Count > 0 || _waiters.Count > 0 || _resets.Count > 0 || _writes.PurgesAll || _entitlements.PurgesAll;

    public void Put(Entry entry)
    {
        lock (_gate)
        {
            var waiting = _writes.Find(entry.Key);
            if (waiting?.Entry is { } other && other.Version >= entry.Version)
            {
                return;
            }

            Set(new PendingWrite(entry.Key, entry, RemoveFirst: waiting is { RemoveFirst: true }));
        }
    }

    public void Remove(ItemKey key)
    {
        lock (_gate)
        {
            Set(new PendingWrite(key, Entry: null, RemoveFirst: true));
        }
    }

    public void Put(Entitlement entitlement)
    {
        lock (_gate)
        {
            _entitlements.Put(entitlement);
            Wake();
        }
    }

    /// <summary>Everything of a provider goes: what waits at once, what is stored before anything queued from now on.</summary>
    public void Reset(EntryOrigin origin)
    {
        lock (_gate)
        {
            _writes.Drop(origin.Provider);
            _entitlements.Drop(origin.Provider);
            _resets[origin.Provider] = origin.Origin;
            Wake();
        }
    }

    /// <summary>Resets waiting or being written; the disk still shows what they end.</summary>
    public IReadOnlyDictionary<string, IdentityHash> Resets()
    {
        lock (_gate)
        {
            var all = new Dictionary<string, IdentityHash>(_writing?.Resets ?? new Dictionary<string, IdentityHash>(StringComparer.Ordinal), StringComparer.Ordinal);
            foreach (var (provider, origin) in _resets)
            {
                all[provider] = origin;
            }

            return all;
        }
    }

    /// <summary>Notes that a row was read. Rides with the next write; noting is best effort.</summary>
    public void Use(long row)
    {
        lock (_gate)
        {
            if (_used.Count < UsedMax)
            {
                _used.Add(row);
            }
        }
    }

    /// <summary>What is waiting or being written for a key; false when the disk has the last word.</summary>
    public bool TryFind(ItemKey key, out Entry? entry)
    {
        lock (_gate)
        {
            if (_writes.Find(key) is { } waiting)
            {
                entry = waiting.Entry;
                return true;
            }

            entry = null;
            if (_writes.PurgesAll || _resets.ContainsKey(ResetScope.ProviderOf(key.Endpoint)))
            {
                return true;
            }

            if (_writing is { } batch && batch.Writes.TryGetValue(key, out var write))
            {
                entry = write.Entry;
                return true;
            }

            return _writing is { PurgeEntries: true } || _writing?.IsReset(key.Endpoint) is true;
        }
    }

    /// <summary>Every entry waiting or being written, newest write of a key only.</summary>
    public IReadOnlyDictionary<ItemKey, PendingWrite> Snapshot(out bool purged)
    {
        lock (_gate)
        {
            purged = _writes.PurgesAll || _writing is { PurgeEntries: true };
            var all = _writes.PurgesAll || _writing is null ? [] : new Dictionary<ItemKey, PendingWrite>(_writing.Writes);
            foreach (var key in all.Keys.Where(key => _resets.ContainsKey(ResetScope.ProviderOf(key.Endpoint))).ToList())
            {
                all.Remove(key);
            }

            foreach (var write in _writes.InOrder)
            {
                all[write.Key] = write;
            }

            return all;
        }
    }

    public IReadOnlyList<Entitlement> Entitlements(out bool purged)
    {
        lock (_gate)
        {
            return _entitlements.Over(_writing, _resets.ContainsKey, out purged);
        }
    }

    /// <summary>Completes when everything queued before is committed; fails when the next attempt to commit fails.</summary>
    public Task FlushAsync()
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_stopping)
            {
                waiter.SetException(new ObjectDisposedException(nameof(SqliteEntryStore)));
                return waiter.Task;
            }

            _waiters.Add(waiter);
            Monitor.Pulse(_gate);
        }

        return waiter.Task;
    }

    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits until work has gathered for the write delay (or somebody waits for it, or the queue is half full); null when stopped and empty.</summary>
    public WriteBatch? Take()
    {
        lock (_gate)
        {
            while (!_stopping && _waiters.Count == 0 && _writes.Count < _options.QueueMax / 2)
            {
                var patience = HasWork ? _options.WriteDelay - Stopwatch.GetElapsedTime(_since) : Timeout.InfiniteTimeSpan;
                if (HasWork && patience <= TimeSpan.Zero)
                {
                    break;
                }

                Monitor.Wait(_gate, patience);
            }

            if (_stopping && !HasWork)
            {
                return null;
            }

            var (purges, entitlements) = _entitlements.Take();
            _writing = new WriteBatch
            {
                PurgeEntries = _writes.PurgesAll,
                PurgeEntitlements = purges,
                Resets = _resets,
                Writes = _writes.InOrder.ToDictionary(static write => write.Key),
                Entitlements = entitlements,
                Used = [.. _used],
                Waiters = _waiters,
            };
            _writes.PurgesAll = false;
            _writes.Clear();
            _used.Clear();
            _since = 0;
            _resets = new Dictionary<string, IdentityHash>(StringComparer.Ordinal);
            _waiters = [];
            return _writing;
        }
    }

    /// <summary>The batch is committed.</summary>
    public void Done()
    {
        lock (_gate)
        {
            _writing = null;
        }
    }

    /// <summary>The batch could not be committed: what nothing newer replaced waits again, for at least <paramref name="pause"/>.</summary>
    public void Return(WriteBatch batch, TimeSpan pause)
    {
        lock (_gate)
        {
            _writing = null;
            if (!_writes.PurgesAll)
            {
                _writes.PurgesAll = batch.PurgeEntries;
                foreach (var write in batch.Writes.Values.Where(write => !_resets.ContainsKey(ResetScope.ProviderOf(write.Key.Endpoint))))
                {
                    Set(_writes.Find(write.Key) is { } newer ? newer with { RemoveFirst = newer.RemoveFirst || write.RemoveFirst } : write);
                }
            }

            _entitlements.Return(batch, _resets.ContainsKey);
            foreach (var (provider, origin) in batch.Resets)
            {
                _resets.TryAdd(provider, origin);
            }

            if (!_stopping)
            {
                // The disk is full or away: a new write must not make the writer spin, so it sleeps here, woken by stop or flush.
                var until = Stopwatch.GetTimestamp();
                while (!_stopping && _waiters.Count == 0 && Stopwatch.GetElapsedTime(until) < pause)
                {
                    Monitor.Wait(_gate, pause);
                }
            }
            else
            {
                _writes.Clear();
                _entitlements.Clear();
                _resets.Clear();
                _writes.PurgesAll = false;
            }
        }
    }

    private void Set(PendingWrite write)
    {
        _writes.Set(write);
        Wake();
    }

    private void Wake()
    {
        if (_since == 0)
        {
            _since = Stopwatch.GetTimestamp();
        }

        Monitor.Pulse(_gate);
    }
}
