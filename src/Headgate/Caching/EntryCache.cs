using System.Collections.Concurrent;

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
    private const byte FrequencyMax = 3;

    private readonly ConcurrentDictionary<ItemKey, Node> _nodes;
    private readonly Queue<Node> _small = new();
    private readonly Queue<Node> _main = new();
    private readonly Queue<ItemKey> _ghostOrder = new();
    private readonly HashSet<ItemKey> _ghosts;
    private readonly Lock _gate = new();
    private readonly long _bytesMax;
    private long _smallBytes;
    private long _mainBytes;

    public EntryCache(long bytesMax, long seed)
    {
        var comparer = new ItemKeyComparer(seed);
        _nodes = new ConcurrentDictionary<ItemKey, Node>(comparer);
        _ghosts = new HashSet<ItemKey>(comparer);
        _bytesMax = bytesMax;
    }

    public int Count => _nodes.Count;

    /// <summary>Bytes charged for what is held.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _smallBytes + _mainBytes;
            }
        }
    }

    public Entry? Find(in ItemKey key)
    {
        if (!_nodes.TryGetValue(key, out var node))
        {
            return null;
        }

        // Racing readers may lose an increment, which only makes the key look a little colder. The plain read first spares the cache line.
        if (node.Frequency < FrequencyMax)
        {
            node.Frequency++;
        }

        return node.Entry;
    }

    /// <summary>Keeps the entry unless a newer one is held. True when it was kept.</summary>
    public bool Put(Entry entry)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(entry.Key, out var node))
            {
                if (!IsNewer(entry, node.Entry))
                {
                    return false;
                }

                var grown = entry.Size - node.Entry.Size;
                node.Entry = entry;
                Charge(node.InMain, grown);
            }
            else
            {
                node = new Node(entry) { InMain = _ghosts.Remove(entry.Key) };
                _nodes[entry.Key] = node;
                (node.InMain ? _main : _small).Enqueue(node);
                Charge(node.InMain, entry.Size);
            }

            Evict();
            return true;
        }
    }

    public void Remove(in ItemKey key)
    {
        lock (_gate)
        {
            if (_nodes.TryRemove(key, out var node))
            {
                // Its place in the queue stays until it comes to the head; the bytes are free at once.
                Charge(node.InMain, -node.Entry.Size);
                node.Removed = true;
            }
        }
    }

    /// <summary>A snapshot for listings; not for the hit path.</summary>
    public IReadOnlyList<Entry> Snapshot() => [.. _nodes.Values.Select(node => node.Entry)];

    /// <summary>Older data never overwrites newer: by the data's own time when both tell it, else by the send.</summary>
    internal static bool IsNewer(Entry candidate, Entry held)
    {
        if (candidate.AsOf is { } candidateAsOf && held.AsOf is { } heldAsOf && candidateAsOf != heldAsOf)
        {
            return candidateAsOf > heldAsOf;
        }

        return candidate.SentAt >= held.SentAt;
    }

    private void Charge(bool inMain, long bytes)
    {
        if (inMain)
        {
            _mainBytes += bytes;
        }
        else
        {
            _smallBytes += bytes;
        }
    }

    private void Evict()
    {
        while (_smallBytes + _mainBytes > _bytesMax && _nodes.Count > 1)
        {
            if (_small.Count > 0 && (_smallBytes > _bytesMax / SmallShare || _main.Count == 0))
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
        var node = _small.Dequeue();
        if (node.Removed)
        {
            return;
        }

        Charge(inMain: false, -node.Entry.Size);
        if (node.Frequency > 1)
        {
            node.Frequency = 0;
            node.InMain = true;
            _main.Enqueue(node);
            Charge(inMain: true, node.Entry.Size);
            return;
        }

        _nodes.TryRemove(node.Entry.Key, out _);
        Remember(node.Entry.Key);
    }

    private void EvictFromMain()
    {
        var node = _main.Dequeue();
        if (node.Removed)
        {
            return;
        }

        if (node.Frequency > 0)
        {
            node.Frequency--;
            _main.Enqueue(node);
            return;
        }

        Charge(inMain: true, -node.Entry.Size);
        _nodes.TryRemove(node.Entry.Key, out _);
    }

    private void Remember(in ItemKey key)
    {
        if (_ghosts.Add(key))
        {
            _ghostOrder.Enqueue(key);
        }

        // As many ghosts as entries: the paper's choice, and a bound.
        while (_ghostOrder.Count > Math.Max(16, _nodes.Count))
        {
            _ghosts.Remove(_ghostOrder.Dequeue());
        }
    }

    private sealed class Node(Entry entry)
    {
        public Entry Entry = entry;
        public byte Frequency;
        public bool InMain;
        public bool Removed;
    }
}
