namespace Headgate.Caching;

/// <summary>Entries in memory, bounded by bytes. Reads take no lock and allocate nothing; writes are serialised.</summary>
/// <remarks>
/// Eviction is S3-FIFO (Yang et al., SOSP 2023): new keys enter a small queue that holds a tenth of the bytes, and only those read there a second
/// time move to the main queue, so that one scan over many instruments cannot push out the watchlists. A ghost list of recently evicted keys lets a
/// key that comes back enter the main queue at once.
/// </remarks>
internal sealed class EntryCache
{
    private const int SmallShare = 10;

    private readonly EntryTable _table = new();
    private readonly EntryQueue _small;
    private readonly EntryQueue _main;
    private readonly GhostList _ghosts = new();
    private readonly Dictionary<string, EntryFrame> _frames = new(StringComparer.Ordinal);
    private readonly ItemKeyComparer _hashing;
    private readonly Lock _gate = new();
    private readonly long _bytesMax;
    private int _vacant;

    public EntryCache(long bytesMax, long seed)
    {
        _hashing = new ItemKeyComparer(seed);
        _small = new EntryQueue(_table);
        _main = new EntryQueue(_table);
        _bytesMax = bytesMax;
    }

    public int Count => _table.Count;

    /// <summary>Bytes charged for what is held.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _small.Bytes + _main.Bytes;
            }
        }
    }

    /// <summary>What <see cref="Find(in ItemKey, int)"/> takes, for callers that look the same key up again and again.</summary>
    public int HashOf(in ItemKey key) => _hashing.GetHashCode(key);

    /// <inheritdoc cref="EntryTable.Approach"/>
    public void Approach(ReadOnlySpan<int> hashes) => _table.Approach(hashes);

    public Entry? Find(in ItemKey key) => Find(key, _hashing.GetHashCode(key));

    public Entry? Find(in ItemKey key, int hash)
    {
        var found = _table.Find(key, hash, out var certain);
        return certain ? found : FindInPeace(key, hash);
    }

    /// <summary>Keeps the entry unless a newer one is held. True when it was kept.</summary>
    public bool Put(Entry entry)
    {
        var hash = _hashing.GetHashCode(entry.Key);
        lock (_gate)
        {
            var number = _table.NumberOf(entry.Key, hash);
            if (number != EntryTable.None)
            {
                ref var node = ref _table[number];
                if (!IsNewer(entry, node.Entry!))
                {
                    return false;
                }

                QueueOf(node).Bytes += entry.Size - node.Entry!.Size;
                Volatile.Write(ref node.Entry, entry);
            }
            else
            {
                Enter(_table.Add(entry, hash), inMain: _ghosts.Remove(hash));
            }

            Share(entry);
            Evict();
            return true;
        }
    }

    public void Remove(in ItemKey key)
    {
        var hash = _hashing.GetHashCode(key);
        lock (_gate)
        {
            var number = _table.NumberOf(key, hash);
            if (number == EntryTable.None)
            {
                return;
            }

            // Its place in the queue stays until it comes to the head, or until more stand empty than not; the bytes are free at once.
            ref var node = ref _table[number];
            QueueOf(node).Bytes -= node.Entry!.Size;
            _table.Remove(number);
            if (++_vacant > Math.Max(64, _table.Count))
            {
                _small.Sweep();
                _main.Sweep();
                _vacant = 0;
            }
        }
    }

    /// <summary>A snapshot for listings; not for the hit path.</summary>
    public IReadOnlyList<Entry> Snapshot() => _table.Snapshot();

    /// <summary>Older data never overwrites newer: by the data's own time when both tell it, else by the send.</summary>
    internal static bool IsNewer(Entry candidate, Entry held)
    {
        if (candidate.AsOf is { } candidateAsOf && held.AsOf is { } heldAsOf && candidateAsOf != heldAsOf)
        {
            return candidateAsOf > heldAsOf;
        }

        return candidate.SentAt >= held.SentAt;
    }

    private Entry? FindInPeace(in ItemKey key, int hash)
    {
        lock (_gate)
        {
            return _table.Find(key, hash, out _);
        }
    }

    /// <summary>Items of one call, and mostly those of one endpoint's calls, say the same of themselves: one frame serves them all.</summary>
    private void Share(Entry entry)
    {
        if (_frames.TryGetValue(entry.Frame.Endpoint, out var last) && last.Says(entry.Frame))
        {
            entry.Share(last);
        }
        else
        {
            _frames[entry.Frame.Endpoint] = entry.Frame;
        }
    }

    private EntryQueue QueueOf(in EntryNode node) => node.InMain ? _main : _small;

    private void Enter(int number, bool inMain)
    {
        ref var node = ref _table[number];
        node.InMain = inMain;
        var queue = QueueOf(node);
        queue.Enqueue(number);
        queue.Bytes += node.Entry!.Size;
    }

    private void Evict()
    {
        while (_small.Bytes + _main.Bytes > _bytesMax && _table.Count > 1)
        {
            if (!_small.IsEmpty && (_small.Bytes > _bytesMax / SmallShare || _main.IsEmpty))
            {
                EvictFromSmall();
            }
            else
            {
                EvictFromMain();
            }
        }
    }

    private void EvictFromSmall()
    {
        var number = _small.Dequeue();
        ref var node = ref _table[number];
        if (IsVacant(number))
        {
            return;
        }

        _small.Bytes -= node.Entry!.Size;
        if (node.Frequency > 1)
        {
            node.Frequency = 0;
            Enter(number, inMain: true);
            return;
        }

        _ghosts.Add(node.Hash, Math.Max(16, _table.Count));
        Drop(number);
    }

    private void EvictFromMain()
    {
        var number = _main.Dequeue();
        ref var node = ref _table[number];
        if (IsVacant(number))
        {
            return;
        }

        if (node.Frequency > 0)
        {
            node.Frequency--;
            _main.Enqueue(number);
            return;
        }

        _main.Bytes -= node.Entry!.Size;
        Drop(number);
    }

    private bool IsVacant(int number)
    {
        if (_table[number].Entry is not null)
        {
            return false;
        }

        _vacant--;
        _table.Free(number);
        return true;
    }

    private void Drop(int number)
    {
        _table.Remove(number);
        _table.Free(number);
    }
}
