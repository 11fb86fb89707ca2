namespace Headgate.Simulation;

/// <summary>Finds the fewest calls of a small span by trying what each call might carry.</summary>
/// <remarks>
/// The first call may be moved right to the earliest end among what is unserved without losing anything, must then carry something that ends there or
/// that the next call waits for (else it could be moved further), and loses nothing by being full. What remains to be chosen is its shape and which
/// items get its seats.
/// </remarks>
internal sealed class CallSearch
{
    private const int DemandsMax = 64; // served demands are kept as one word

    private readonly IReadOnlyList<BoundDemand> _demands;
    private readonly IReadOnlyList<BoundShape> _shapes;
    private readonly Dictionary<ulong, int> _known = [];
    private readonly int _effort;
    private int _tried;

    private CallSearch(IReadOnlyList<BoundDemand> demands, IReadOnlyList<BoundShape> shapes, int effort)
    {
        _demands = demands;
        _shapes = shapes;
        _effort = effort;
    }

    private ulong All => _demands.Count == DemandsMax ? ulong.MaxValue : (1UL << _demands.Count) - 1;

    /// <summary>The fewest calls; null where that takes more than the effort allowed.</summary>
    public static int? TrySolve(IReadOnlyList<BoundDemand> demands, IReadOnlyList<BoundShape> shapes, int effort) =>
        demands.Count > DemandsMax ? null : new CallSearch(demands, shapes, effort).From(0);

    private int? From(ulong served)
    {
        if (served == All)
        {
            return 0;
        }

        if (_known.TryGetValue(served, out var known))
        {
            return known;
        }

        int? fewest = null;
        foreach (var next in Calls(served).Distinct())
        {
            if (++_tried > _effort || From(next) is not { } rest)
            {
                return null;
            }

            fewest = Math.Min(fewest ?? int.MaxValue, rest + 1);
        }

        _known[served] = fewest!.Value;
        return fewest;
    }

    private IEnumerable<ulong> Calls(ulong served)
    {
        var open = Enumerable.Range(0, _demands.Count).Where(i => !Has(served, i)).ToList();
        var point = open.Min(i => _demands[i].End);
        var ready = open.FindAll(i => _demands[i].Begin <= point && (_demands[i].After < 0 || Has(served, _demands[i].After)));
        foreach (var shape in _shapes)
        {
            var carried = ready.FindAll(i => shape.Covers.Contains(_demands[i].Shape));
            if (!carried.Exists(i => Presses(i, point)))
            {
                continue;
            }

            var items = carried.Select(i => _demands[i].Item).Distinct(StringComparer.Ordinal).ToList();
            foreach (var seated in Choices(items, shape.Capacity))
            {
                var taken = carried.FindAll(i => seated.Contains(_demands[i].Item, StringComparer.Ordinal));
                if (taken.Exists(i => Presses(i, point)))
                {
                    yield return taken.Aggregate(served, (mask, i) => mask | (1UL << i));
                }
            }
        }
    }

    private bool Presses(int i, long point) => _demands[i].End == point || _demands.Any(demand => demand.After == i);

    private static IEnumerable<IReadOnlyList<string>> Choices(List<string> items, int seats)
    {
        if (items.Count <= seats)
        {
            yield return items;
            yield break;
        }

        if (seats == 0)
        {
            yield return [];
            yield break;
        }

        for (var first = 0; first <= items.Count - seats; first++)
        {
            foreach (var rest in Choices(items[(first + 1)..], seats - 1))
            {
                yield return [items[first], .. rest];
            }
        }
    }

    private static bool Has(ulong served, int i) => (served & (1UL << i)) != 0;
}
