using Headgate.Catalogue;

namespace Headgate.Refresh;

/// <summary>Computes how often each watch is refreshed so that the budget carries all of them. Pure; used once.</summary>
internal sealed class RefreshPlanner
{
    private const decimal StretchMax = 1_000m;

    private readonly List<Planned> _watches;
    private readonly IReadOnlyDictionary<string, LimitCapacity> _capacities;
    private readonly Dictionary<CallVariant, List<Planned>> _groups = [];
    private readonly Dictionary<CallVariant, (decimal Calls, decimal Permits)> _rates = [];
    private readonly SortedDictionary<string, decimal> _loads = new(StringComparer.Ordinal);

    private RefreshPlanner(IReadOnlyList<WatchLoad> loads, IReadOnlyDictionary<string, LimitCapacity> capacities)
    {
        _capacities = capacities;
        _watches = [.. loads.OrderBy(load => load.Watch.Priority).ThenBy(load => load.Watch.Name, StringComparer.Ordinal).Select(load => new Planned(load))];
        foreach (var watch in _watches)
        {
            if (!_groups.TryGetValue(watch.Load.Variant, out var group))
            {
                _groups.Add(watch.Load.Variant, group = []);
            }

            group.Add(watch);
        }
    }

    /// <param name="loads">The watches.</param>
    /// <param name="capacities">By limit key; every key of a load is in it.</param>
    public static RefreshPlan Compute(IReadOnlyList<WatchLoad> loads, IReadOnlyDictionary<string, LimitCapacity> capacities)
    {
        var planner = new RefreshPlanner(loads, capacities);
        foreach (var variant in planner._groups.Keys)
        {
            planner.Rate(variant);
        }

        planner.Shorten();
        return planner.Stretched();
    }

    /// <summary>Interval = min(strategy, ttl) where the budget carries it: what is critical is tried first.</summary>
    private void Shorten()
    {
        foreach (var watch in _watches)
        {
            var freshness = watch.Load.Endpoint.Freshness;
            if (watch.Load.Watch.Interval is not null || freshness.Kind != FreshnessKind.Fixed || freshness.Ttl <= TimeSpan.Zero)
            {
                continue;
            }

            var before = watch.Wanted;
            var ttl = freshness.Ttl < Watch.IntervalMin ? Watch.IntervalMin : freshness.Ttl;
            var base_ = StrategyTable.Interval(watch.Load.Watch.Priority);
            var shorter = watch.Load.Strategy > RefreshStrategy.Normal
                ? StrategyTable.Under(watch.Load.Strategy, watch.Load.Watch.Priority, ttl < base_ ? ttl : base_)
                : ttl;
            if (shorter >= before)
            {
                continue;
            }

            watch.Wanted = shorter;
            Rate(watch.Load.Variant);
            if (watch.Load.Limits.Any(key => _loads[key] > _capacities[key].CarriedPerMinute))
            {
                watch.Wanted = before;
                Rate(watch.Load.Variant);
            }
        }
    }

    private RefreshPlan Stretched()
    {
        var wanted = new Dictionary<string, decimal>(_loads, StringComparer.Ordinal);
        var stretch = wanted.ToDictionary(load => load.Key, load => Stretch(load.Value, _capacities[load.Key].CarriedPerMinute), StringComparer.Ordinal);
        foreach (var watch in _watches)
        {
            watch.StretchedFor = watch.Load.Limits.Where(key => stretch[key] > 1).MaxBy(key => stretch[key]);
            watch.Stretch = watch.StretchedFor is { } key ? stretch[key] : 1;
            watch.Interval = Longer(watch.Wanted, watch.Stretch);
        }

        foreach (var variant in _groups.Keys)
        {
            Rate(variant);
        }

        return new RefreshPlan([.. _watches.GroupBy(watch => watch.Load.Provider, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => OfProvider(group, wanted, stretch))]);
    }

    private ProviderRefreshPlan OfProvider(IGrouping<string, Planned> provider, Dictionary<string, decimal> wanted, Dictionary<string, decimal> stretch) => new(
        provider.Key,
        provider.First().Load.Strategy,
        decimal.Round(provider.Select(watch => watch.Load.Variant).Distinct().Sum(variant => _rates[variant].Calls), 3),
        [
            .. provider.SelectMany(watch => watch.Load.Limits).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(key =>
                new LimitRefreshPlan(_capacities[key].Limit, decimal.Round(wanted[key], 3), decimal.Round(_capacities[key].CarriedPerMinute, 3), Percent(stretch[key]))),
        ],
        [.. provider.Select(watch => new WatchPlan(watch.Load.Watch, watch.Load.Items, watch.Wanted, watch.Interval, Percent(watch.Stretch), watch.StretchedFor is { } key ? _capacities[key].Limit : null))]);

    private void Rate(CallVariant variant)
    {
        var group = _groups[variant];
        var first = group[0].Load;
        var before = _rates.GetValueOrDefault(variant);
        var rate = CallRate.Of(first.Endpoint, group.Select(watch => (watch.Interval > watch.Wanted ? watch.Interval : watch.Wanted, watch.Load.Items)));
        _rates[variant] = rate;
        foreach (var key in first.Limits)
        {
            _loads[key] = _loads.GetValueOrDefault(key) + rate.Permits - before.Permits;
        }
    }

    private static decimal Stretch(decimal wanted, decimal carried) =>
        wanted <= carried ? 1 : carried <= wanted / StretchMax ? StretchMax : wanted / carried; // what is left of a budget may be next to nothing: no quotient of it

    private static int Percent(decimal stretch) => (int)decimal.Ceiling(decimal.Round(stretch * 100, 6));

    private static TimeSpan Longer(TimeSpan interval, decimal stretch) =>
        TimeSpan.FromTicks((long)Math.Min(decimal.Ceiling(decimal.Round(interval.Ticks * stretch, 3)), Watch.IntervalMax.Ticks * 10m));

    private sealed class Planned(WatchLoad load)
    {
        public WatchLoad Load { get; } = load;

        public TimeSpan Wanted { get; set; } = AtLeast(StrategyTable.Under(load.Strategy, load.Watch.Priority, load.Watch.Interval ?? StrategyTable.Interval(load.Watch.Priority)));

        public TimeSpan Interval { get; set; }

        public decimal Stretch { get; set; } = 1;

        public string? StretchedFor { get; set; }

        private static TimeSpan AtLeast(TimeSpan interval) => interval < Watch.IntervalMin ? Watch.IntervalMin : interval;
    }
}
