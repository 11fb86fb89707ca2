using Headgate.Caching;

namespace Headgate.Storage.Sqlite;

/// <summary>Writes that wait, in order, one place per key, within bounds. Not thread-safe: its queue's lock holds it.</summary>
/// <remarks>
/// At the bound the oldest waiting entry is given up: the disk then keeps an older one, or none, and the memory cache still has
/// it. A removal may not be given up, since what was removed would come back after a restart; when removals alone fill the queue they become
/// one removal of everything.
/// </remarks>
internal sealed class PendingWrites(EntryStoreOptions options)
{
    private readonly LinkedList<PendingWrite> _order = [];
    private readonly Dictionary<ItemKey, LinkedListNode<PendingWrite>> _byKey = [];
    private long _bytes;

    public int Count => _byKey.Count;

    /// <summary>Every entry stored goes before any of these is written.</summary>
    public bool PurgesAll { get; set; }

    /// <summary>Entries given up at the bound since the start.</summary>
    public long GivenUp { get; private set; }

    /// <summary>Oldest first.</summary>
    public IEnumerable<PendingWrite> InOrder => _order;

    public PendingWrite? Find(in ItemKey key) => _byKey.GetValueOrDefault(key)?.Value;

    /// <summary>Takes its key's place, or the last one.</summary>
    public void Set(PendingWrite write)
    {
        if (_byKey.TryGetValue(write.Key, out var node))
        {
            _bytes += write.Bytes - node.Value.Bytes;
            node.Value = write;
        }
        else
        {
            _byKey[write.Key] = _order.AddLast(write);
            _bytes += write.Bytes;
        }

        Bound();
    }

    /// <summary>Lets go of a provider's.</summary>
    public void Drop(string provider)
    {
        for (var node = _order.First; node is not null;)
        {
            var next = node.Next;
            if (EntryFilter.IsIn(provider, node.Value.Key.Endpoint))
            {
                Drop(node);
            }

            node = next;
        }
    }

    /// <summary>Lets go of all; what it purges it still purges.</summary>
    public void Clear()
    {
        _order.Clear();
        _byKey.Clear();
        _bytes = 0;
    }

    private void Drop(LinkedListNode<PendingWrite> node)
    {
        _bytes -= node.Value.Bytes;
        _byKey.Remove(node.Value.Key);
        _order.Remove(node);
    }

    private void Bound()
    {
        for (var node = _order.First; node is not null && (Count > options.QueueMax || _bytes > options.QueueBytesMax);)
        {
            var next = node.Next;
            if (node.Value.Entry is not null)
            {
                GivenUp++;
                if (node.Value.RemoveFirst)
                {
                    _bytes -= node.Value.Bytes;
                    node.Value = node.Value with { Entry = null };
                }
                else
                {
                    Drop(node);
                }
            }

            node = next;
        }

        if (Count > options.QueueMax)
        {
            Clear();
            PurgesAll = true;
        }
    }
}
