using Headgate.Catalogue;

namespace Headgate.Simulation;

/// <summary>Gathers what was asked and bounds the calls it needed: each credential and family of shapes by itself, candles by their bars.</summary>
internal sealed class DemandBound
{
    private readonly TimeSpan _linger;
    private readonly IMarketSessions _markets;
    private readonly FreshnessSpan _freshness;
    private readonly Dictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CandleBound> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (Family Family, int Index)> _places = [];
    private long _unkept;
    private long _writes;

    public DemandBound(TimeSpan linger, IMarketSessions markets)
    {
        _linger = linger;
        _markets = markets;
        _freshness = new FreshnessSpan(markets);
    }

    /// <summary>Adds one ask; asks come in order of time.</summary>
    /// <param name="ask">Its index, by which others depend on it.</param>
    /// <param name="plan">What it asks.</param>
    /// <param name="at">When.</param>
    /// <param name="bound">How old the answer may be; null for the endpoint's own freshness.</param>
    /// <param name="isUrgent">Urgent asks do not linger.</param>
    /// <param name="after">The ask it depends on, or -1.</param>
    public void Add(int ask, RequestPlan plan, DateTimeOffset at, TimeSpan? bound, bool isUrgent, int after)
    {
        if (!plan.Endpoint.Cacheable)
        {
            _unkept++;
        }
        else if (plan.Endpoint.Range is { } range && plan.Bar is { } bar && CandleRange.Of(range, plan.Target) is { } asked)
        {
            SeriesOf(plan, range, bar).Ask(at, asked.From, asked.To);
        }
        else
        {
            AddItems(ask, plan, at, bound, at + (isUrgent ? TimeSpan.Zero : _linger), after);
        }
    }

    /// <summary>Adds something to send: one call, whatever is known beforehand.</summary>
    public void AddWrite() => _writes++;

    public Bound Total() => new Bound(_unkept + _writes, IsExact: true) + Reads();

    /// <summary>The same by kind.</summary>
    public CallKinds Kinds() => new(Reads().Calls, _unkept, _writes);

    private Bound Reads()
    {
        var total = new Bound(_series.Values.Sum(series => series.Calls), IsExact: true);
        return _families.OrderBy(family => family.Key, StringComparer.Ordinal).Aggregate(total, (sum, family) => sum + CallBound.Solve(family.Value.Demands, family.Value.Shapes()));
    }

    private void AddItems(int ask, RequestPlan plan, DateTimeOffset at, TimeSpan? bound, DateTimeOffset end, int after)
    {
        var family = FamilyOf(plan);
        var shape = family.ShapeOf(plan.Endpoint);
        // Only within a family can the same call be thought to carry both; elsewhere the calls differ anyway.
        var parent = after >= 0 && _places.TryGetValue(after, out var place) && ReferenceEquals(place.Family, family) ? place.Index : -1;
        foreach (var item in plan.Items)
        {
            var begin = bound is { } stated ? at - stated : _freshness.EarliestSend(plan.Endpoint, item.Market, plan.Bar, at);
            family.Demands.Add(new BoundDemand(item.Key.Id, shape, begin.UtcTicks, end.UtcTicks, parent));
        }

        _places[ask] = (family, family.Demands.Count - 1);
    }

    private Family FamilyOf(RequestPlan plan)
    {
        var root = plan.Endpoint.Larger is [.., var largest] ? largest.Endpoint : plan.Endpoint;
        var credential = plan.Identity.Credential;
        var key = $"{root.Id} {credential.High:x}{credential.Low:x} {(plan.Endpoint.Batch is null ? "" : plan.Variant.FixedQuery)}";
        if (!_families.TryGetValue(key, out var family))
        {
            _families.Add(key, family = new Family());
        }

        return family;
    }

    private CandleBound SeriesOf(RequestPlan plan, RangeModel range, TimeSpan bar)
    {
        var credential = plan.Identity.Credential;
        var key = $"{plan.Variant.Path} {credential.High:x}{credential.Low:x}";
        if (!_series.TryGetValue(key, out var series))
        {
            var market = plan.Items[0].Market ?? "";
            var span = range.Intervals.Values.First(interval => interval.Bar == bar).MaxSpan;
            _series.Add(key, series = new CandleBound(bar, span, after => _markets.NextBarClose(market, after, bar)));
        }

        return series;
    }

    private sealed class Family
    {
        private readonly List<EndpointModel> _endpoints = [];

        public List<BoundDemand> Demands { get; } = [];

        public int ShapeOf(EndpointModel endpoint)
        {
            foreach (var shape in endpoint.Larger.Select(larger => larger.Endpoint).Prepend(endpoint))
            {
                if (_endpoints.TrueForAll(known => !Same(known, shape)))
                {
                    _endpoints.Add(shape);
                }
            }

            return _endpoints.FindIndex(known => Same(known, endpoint));
        }

        public IReadOnlyList<BoundShape> Shapes() =>
            [.. _endpoints.Select(shape => new BoundShape(shape.Name, shape.Batch?.Max ?? 1, [.. Enumerable.Range(0, _endpoints.Count).Where(i => Covers(shape, _endpoints[i]))]))];

        private static bool Covers(EndpointModel shape, EndpointModel other) => Same(shape, other) || other.Larger.Any(larger => Same(larger.Endpoint, shape));

        private static bool Same(EndpointModel left, EndpointModel right) => string.Equals(left.Id, right.Id, StringComparison.Ordinal);
    }
}
