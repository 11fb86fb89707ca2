using Headgate.Catalogue;

namespace Headgate.Refresh;

/// <summary>What plans are computed from, gathered once and kept until something of it changes. Guarded by the scheduler's lock.</summary>
/// <remarks>With three hundred watches, gathering and planning took some 2 ms every 5 s, and most of a simulated day.</remarks>
internal sealed class PlanBasis
{
    private readonly Dictionary<string, HashSet<string>> _keys = new(StringComparer.Ordinal);
    private readonly List<RequestPlan> _representatives = [];
    private List<WatchState>? _planned;
    private IReadOnlyDictionary<string, LimitCapacity>? _capacities;

    /// <summary>One plan for each endpoint and set of limits.</summary>
    public IReadOnlyList<RequestPlan> Representatives => _representatives;

    /// <summary>Watches, strategies or pins are not what they were.</summary>
    public void Changed() => (_planned, _capacities) = (null, null);

    /// <summary>The watches that can be asked, in order of name.</summary>
    public List<WatchState> Planned(IEnumerable<WatchState> all)
    {
        if (_planned is not null)
        {
            return _planned;
        }

        _planned = [.. all.Where(static state => state.Plan is not null).OrderBy(static state => state.Watch.Name, StringComparer.Ordinal)];
        _representatives.Clear();
        _representatives.AddRange(_planned.Select(static state => state.Plan!).DistinctBy(static plan => (plan.Endpoint, string.Join(' ', plan.LimitKeys))));
        _keys.Clear();
        foreach (var plan in _representatives)
        {
            KeysOf(plan.Provider).UnionWith(plan.LimitKeys.Where(static key => key.Length > 0));
        }

        return _planned;
    }

    /// <summary>Keys of the limits that a provider's watches spend.</summary>
    public HashSet<string> KeysOf(ProviderModel provider) =>
        _keys.TryGetValue(provider.Name, out var keys) ? keys : _keys[provider.Name] = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Has anything changed since it was asked last, budgets included?</summary>
    public bool IsNew(IReadOnlyDictionary<string, LimitCapacity> capacities)
    {
        var isNew = _capacities is null || _capacities.Count != capacities.Count
            || capacities.Any(capacity => !_capacities.TryGetValue(capacity.Key, out var before) || before != capacity.Value);
        _capacities = capacities;
        return isNew;
    }

    /// <summary>Would both be planned alike?</summary>
    public static bool IsAlike(RequestPlan? one, RequestPlan? other) => ReferenceEquals(one, other)
        || (one is not null && other is not null && ReferenceEquals(one.Endpoint, other.Endpoint) && one.Variant == other.Variant && one.Items.Count == other.Items.Count
            && one.LimitKeys.SequenceEqual(other.LimitKeys, StringComparer.Ordinal));
}
