using Headgate.Caching;

namespace Headgate.Gateway.Proxy;

/// <summary>Stored bodies in codings other than their own: made once on the pool, however many ask at once, and kept up to a bound in bytes. Thread-safe.</summary>
internal sealed class Transcodings(long keptBytesMax, long decodedBytesMax)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Entry Entry, string Coding), LinkedListNode<Kept>> _kept = [];
    private readonly LinkedList<Kept> _order = new();
    private long _bytes;

    /// <summary>Bodies kept and the bytes they hold, the coded entries they were made from included.</summary>
    public (int Count, long Bytes) Use
    {
        get
        {
            lock (_gate)
            {
                return (_kept.Count, _bytes);
            }
        }
    }

    /// <summary>The entry's body in a coding that is not its own; complete already when it was made before.</summary>
    /// <returns>Fails with <see cref="InvalidDataException"/> when the plain body is beyond its bound.</returns>
    public Task<byte[]> Get(Entry entry, string coding)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue((entry, coding), out var node))
            {
                _order.Remove(node);
                _order.AddFirst(node);
                return node.Value.Body;
            }

            // Never on the asker's thread: it may be one that serves every connection's bytes.
            var body = Task.Run(() => Make(entry, coding));
            node = _order.AddFirst(new Kept(entry, coding, body));
            _kept.Add((entry, coding), node);
            _ = body.ContinueWith((made, state) => Weigh((LinkedListNode<Kept>)state!, made), node, TaskScheduler.Default);
            return body;
        }
    }

    private byte[] Make(Entry entry, string coding)
    {
        var plain = Codings.Decode(entry.Body, entry.ContentCoding!, decodedBytesMax);
        return coding is Codings.Identity ? plain : Codings.Encode(plain, coding);
    }

    private void Weigh(LinkedListNode<Kept> node, Task<byte[]> made)
    {
        lock (_gate)
        {
            if (!made.IsCompletedSuccessfully)
            {
                Drop(node);
                return;
            }

            // The entry is charged too: it may have left the memory it came from.
            node.Value.Bytes = made.Result.Length + node.Value.Entry.Size;
            _bytes += node.Value.Bytes;
            while (_bytes > keptBytesMax && LastMade() is { } last)
            {
                Drop(last);
            }
        }
    }

    private LinkedListNode<Kept>? LastMade()
    {
        var last = _order.Last;
        while (last is not null && last.Value.Bytes == 0)
        {
            last = last.Previous;
        }

        return last;
    }

    private void Drop(LinkedListNode<Kept> node)
    {
        _kept.Remove((node.Value.Entry, node.Value.Coding));
        _order.Remove(node);
        _bytes -= node.Value.Bytes;
    }

    private sealed class Kept(Entry entry, string coding, Task<byte[]> body)
    {
        public Entry Entry { get; } = entry;

        public string Coding { get; } = coding;

        public Task<byte[]> Body { get; } = body;

        /// <summary>0 while it is being made.</summary>
        public long Bytes { get; set; }
    }
}
