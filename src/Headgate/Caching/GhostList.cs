namespace Headgate.Caching;

/// <summary>Which keys were evicted lately, by hash: two keys of one hash only let one of them into the main queue early. Not thread-safe.</summary>
internal sealed class GhostList
{
    private readonly Queue<int> _order = new();
    private readonly HashSet<int> _hashes = [];

    /// <summary>Remembers one, and forgets the oldest beyond so many.</summary>
    public void Add(int hash, int max)
    {
        if (_hashes.Add(hash))
        {
            _order.Enqueue(hash);
        }

        while (_order.Count > max)
        {
            _hashes.Remove(_order.Dequeue());
        }
    }

    /// <summary>Was it there? It is forgotten.</summary>
    public bool Remove(int hash) => _hashes.Remove(hash);
}
