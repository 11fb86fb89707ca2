using System.Collections.Concurrent;

namespace Headgate.Dispatch;

/// <summary>Names under which answers have items that are asked by another: learnt from answers to one item alone. Thread-safe; forgotten with the process.</summary>
internal sealed class ItemNames
{
    // Every pair of every exchange has fewer names; beyond, all are learnt anew.
    private const int NamesMax = 20_000;

    private readonly ConcurrentDictionary<(string Endpoint, string Asked), string> _names = new();

    public string Of(string endpoint, string asked) => _names.TryGetValue((endpoint, asked), out var name) ? name : asked;

    public void Learn(string endpoint, string asked, string name)
    {
        if (_names.Count >= NamesMax)
        {
            _names.Clear();
        }

        _names[(endpoint, asked)] = name;
    }
}
