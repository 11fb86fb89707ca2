namespace Headgate.Dispatch;

/// <summary>Deficit round robin between clients (Shreedhar and Varghese, 1995): each turn grants a quantum, and a client is served while its deficit
/// lasts, so that a flood of one client costs another at most one turn. Guarded by the dispatcher's lock.</summary>
internal sealed class ClientRing
{
    // A client not seen for this many turns is forgotten; the table stays as small as the set of waiting clients.
    private const int ClientsMax = 4_096;

    private readonly Dictionary<string, long> _deficits = new(StringComparer.Ordinal);
    private readonly List<string> _ring = [];
    private int _cursor;

    /// <summary>The client whose turn it is among those that wait.</summary>
    /// <param name="costs">What each waiting client's next call costs; not empty.</param>
    public string Next(IReadOnlyDictionary<string, long> costs)
    {
        Admit(costs);
        var quantum = Math.Max(1, costs.Values.Max());
        while (true)
        {
            _cursor %= _ring.Count;
            var client = _ring[_cursor];
            if (!costs.TryGetValue(client, out var cost))
            {
                // Nothing waits: it saves up no credit.
                _deficits.Remove(client);
                _ring.RemoveAt(_cursor);
                continue;
            }

            if (_deficits[client] < cost)
            {
                _deficits[client] += quantum;
            }

            _deficits[client] -= cost;
            if (_deficits[client] < cost)
            {
                _cursor++;
            }

            return client;
        }
    }

    private void Admit(IReadOnlyDictionary<string, long> costs)
    {
        foreach (var client in costs.Keys.Order(StringComparer.Ordinal))
        {
            if (_ring.Count < ClientsMax && _deficits.TryAdd(client, 0))
            {
                _ring.Add(client);
            }
        }

        if (!costs.Keys.Any(_deficits.ContainsKey))
        {
            _ring.Clear();
            _deficits.Clear();
            Admit(costs);
        }
    }
}
