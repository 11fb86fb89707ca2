using Headgate.Catalogue;
using Headgate.Reports;

namespace Headgate.Refresh;

/// <summary>Every watch and every watched provider, and what is to be done next. Guarded by the scheduler's lock.</summary>
internal sealed class WatchBook(Engine engine, EngineClock clock, WatchedItems watched)
{
    /// <summary>How often use is looked at: a strategy changes within this.</summary>
    public static readonly TimeSpan Cycle = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PlanAgain = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, WatchState> _watches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProviderWatch> _providers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RefreshStrategy> _pins = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _underWay = new(StringComparer.Ordinal);
    private readonly PlanBasis _basis = new();
    private EngineTime _adjustAt;

    public int Count => _watches.Count;

    public Watch? Find(string name) => _watches.GetValueOrDefault(name)?.Watch;

    public void Put(Watch watch)
    {
        var state = new WatchState(watch);
        _watches[watch.Name] = state;
        if (!_providers.ContainsKey(watch.Provider))
        {
            _providers.Add(watch.Provider, new ProviderWatch(engine.LimitedByUpstream(watch.Provider)));
        }

        TryPlan(state, clock.Now);
        Changed();
    }

    public bool Remove(string name)
    {
        if (!_watches.Remove(name, out var removed))
        {
            return false;
        }

        if (!_watches.Values.Any(other => IsOf(other, removed.Watch.Provider)))
        {
            _providers.Remove(removed.Watch.Provider);
        }

        Changed();
        Offer();
        return true;
    }

    /// <summary>Pins a provider, or with the empty name all of them.</summary>
    public void Pin(string provider, RefreshStrategy? strategy)
    {
        if (strategy is { } pinned)
        {
            _pins[provider] = pinned;
        }
        else
        {
            _pins.Remove(provider);
        }

        Changed();
    }

    public void Volatile(string provider, string item)
    {
        if (_providers.TryGetValue(provider, out var known))
        {
            known.Keeper.Volatile(clock.Now);
            _adjustAt = default;
            Tell(provider, $"volatility of {item} reported");
        }
    }

    public RefreshPlan Plan(EngineTime now)
    {
        var planned = Planned();
        return RefreshPlanner.Compute([.. planned.Select(state => Load(state, StrategyOf(state.Watch.Provider)))], Capacities(planned.Select(state => state.Plan!), now));
    }

    /// <summary>The same arithmetic for what a client asks itself.</summary>
    public ReadPlan PlanReads(IReadOnlyList<Watch> reads, EngineTime now)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var asked = new List<(Watch Watch, RequestPlan Plan)>();
        foreach (var read in reads)
        {
            try
            {
                read.Check();
                asked.Add((read, WatchPlanning.Plan(engine, read).Plan));
            }
            catch (WatchException impossible)
            {
                problems[read.Name] = impossible.Message;
            }
        }

        var watched = Planned();
        var plan = RefreshPlanner.Compute(
            [.. watched.Select(state => Load(state, StrategyOf(state.Watch.Provider))), .. asked.Select(read => Load(read.Watch, read.Plan, RefreshStrategy.Normal))],
            Capacities([.. watched.Select(state => state.Plan!), .. asked.Select(read => read.Plan)], now, lessClients: false));
        // A read may have the name of a watch: it is told apart by itself.
        var own = asked.Select(read => read.Watch).ToHashSet<Watch>(ReferenceEqualityComparer.Instance);
        return new ReadPlan(
            plan.Providers.SelectMany(provider => provider.Watches).Where(planned => own.Contains(planned.Watch)).ToDictionary(planned => planned.Watch.Name, StringComparer.Ordinal),
            problems);
    }

    public RefreshStatus Status()
    {
        var providers = _providers.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new ProviderRefresh(
            pair.Key,
            StrategyOf(pair.Key),
            PinOf(pair.Key) is null ? pair.Value.Keeper.Because : "pinned",
            pair.Value.Keeper.Since,
            _pins.TryGetValue(pair.Key, out var own) ? own : null,
            pair.Value.Usage.Percent,
            pair.Value.Usage.Limit,
            pair.Value.Keeper.VolatileUntil)).ToList();
        return new RefreshStatus(
            providers.Count == 0 ? PinOf("") ?? RefreshStrategy.Normal : providers.Max(provider => provider.Strategy),
            _pins.TryGetValue("", out var all) ? all : null,
            providers,
            [
                .. InOrder(_watches.Values).Select(state => new WatchStatus(
                    state.Watch, state.Plan?.Endpoint.Id, state.Plan?.Items.Count ?? 0, state.Interval, state.Due, state.LastSuccess, state.Waiting, state.Problem, state.Asks, state.Failures, state.Covered)),
            ]);
    }

    /// <summary>Collects the asks to make now.</summary>
    /// <returns>When to look again.</returns>
    public EngineTime Look(EngineTime now, List<WatchAsk> asks)
    {
        if (now >= _adjustAt)
        {
            Adjust(now);
        }

        HashSet<string> blocked = new(StringComparer.Ordinal);
        var wake = _adjustAt;
        foreach (var state in _watches.Values
            .Where(state => !state.IsAsking && state.Due <= now)
            .OrderBy(state => state.Watch.Priority).ThenBy(state => state.Due).ThenBy(state => state.Watch.Name, StringComparer.Ordinal)
            .ToList())
        {
            if (Begin(state, blocked, now) is { } ask)
            {
                asks.Add(ask);
            }
            else if (state.Waiting is not null)
            {
                wake = EngineTime.Min(wake, state.LookAt);
            }
        }

        foreach (var state in _watches.Values)
        {
            if (!state.IsAsking && state.Due > now)
            {
                wake = EngineTime.Min(wake, state.Due);
            }
        }

        return wake;
    }

    public void Ended(WatchAsk ask, string? problem, EngineTime? retryAt, EngineTime now)
    {
        foreach (var key in Keys(ask.Demand.Plan))
        {
            _underWay[key] -= ask.Permits;
            if (_underWay[key] == 0)
            {
                _underWay.Remove(key);
            }
        }

        if (problem is null)
        {
            ask.State.Succeeded(ask.Items, ask.AskedAt, now);
        }
        else
        {
            ask.State.Failed(problem, retryAt, now);
        }
    }

    private WatchAsk? Begin(WatchState state, HashSet<string> blocked, EngineTime now)
    {
        state.Waits(null, EngineTime.Never);
        if (!TryPlan(state, now))
        {
            state.Due = now + PlanAgain;
            return null;
        }

        var plan = state.Plan!;
        var provider = engine.ContextOf(plan.Provider);
        var items = state.DueItems(provider, now);
        if (items.Count == 0)
        {
            state.Covered += state.Due > now ? 1 : 0;
            return null;
        }

        // What is less urgent does not slip past what waits for a limit both need.
        if (Keys(plan).FirstOrDefault(blocked.Contains) is { } taken)
        {
            state.Waits(taken[..taken.IndexOf('/', StringComparison.Ordinal)], EngineTime.Never);
            return null;
        }

        var (limit, again) = SpareBudget.Find(provider.Dispatcher, plan, items.Count, key => _underWay.GetValueOrDefault(key), now);
        if (limit is not null)
        {
            state.Waits(limit, again);
            blocked.UnionWith(Keys(plan));
            return null;
        }

        state.Begin();
        var permits = plan.Endpoint.Cost.For(items.Count);
        foreach (var key in Keys(plan))
        {
            _underWay[key] = _underWay.GetValueOrDefault(key) + permits;
        }

        var demand = new Demand
        {
            Plan = plan.Only(items),
            Request = state.Leader!.Request,
            // What somebody else fetched while this began counts; what is half an interval old does not.
            Freshness = new Freshness { NotBefore = now - (state.Interval / 2) },
            Urgency = Urgency.Of(7),
            Client = RefreshScheduler.Client,
            Deadline = plan.Endpoint.CallTimeout,
            IsRefresh = true,
        };
        return new WatchAsk(state, items, demand, permits, now);
    }

    /// <summary>Takes what is used into account: strategies, then intervals, then what rides along.</summary>
    private void Adjust(EngineTime now)
    {
        foreach (var state in _watches.Values)
        {
            if (!state.IsAsking)
            {
                TryPlan(state, now);
            }
        }

        var planned = Planned();

        foreach (var (name, provider) in _providers)
        {
            if (planned.Find(state => IsOf(state, name)) is not { Plan: { } any })
            {
                continue;
            }

            var usage = SpareBudget.Usage(engine.ContextOf(any.Provider).Dispatcher, _basis.KeysOf(any.Provider), now);
            var fits = provider.Keeper is { VolatileUntil: not null, Strategy: RefreshStrategy.Normal } && Fits([.. planned.Where(state => IsOf(state, name))], RefreshStrategy.Aggressive, now);
            if (provider.Observe(now, usage, engine.LimitedByUpstream(name), fits))
            {
                Changed();
                Tell(name, $"{provider.Keeper.Strategy}: {provider.Keeper.Because}");
            }
        }

        // The next plan would be the last one again while neither watches, strategies nor budgets have changed.
        if (_basis.IsNew(Capacities(_basis.Representatives, now)))
        {
            Take(Plan(now), now);
            Offer();
        }

        _adjustAt = now + Cycle;
    }

    private void Take(RefreshPlan plan, EngineTime now)
    {
        foreach (var planned in plan.Providers.SelectMany(provider => provider.Watches))
        {
            var state = _watches[planned.Watch.Name];
            if (planned.Interval < state.Interval && state.Due != EngineTime.Never)
            {
                state.Due = EngineTime.Min(state.Due, state.Problem is null ? now : state.Due);
            }

            state.Interval = planned.Interval;
        }
    }

    private bool Fits(List<WatchState> states, RefreshStrategy strategy, EngineTime now) =>
        RefreshPlanner.Compute([.. states.Select(state => Load(state, strategy))], Capacities(states.Select(state => state.Plan!), now))
            .Providers.All(static provider => provider.Limits.All(static limit => limit.StretchPercent <= 100));

    private Dictionary<string, LimitCapacity> Capacities(IEnumerable<RequestPlan> plans, EngineTime now, bool lessClients = true)
    {
        var capacities = new Dictionary<string, LimitCapacity>(StringComparer.Ordinal);
        foreach (var provider in plans.GroupBy(plan => engine.ContextOf(plan.Provider)))
        {
            foreach (var (key, capacity) in SpareBudget.Capacities(provider.Key.Dispatcher, provider, now, lessClients))
            {
                capacities.TryAdd(key, capacity);
            }
        }

        return capacities;
    }

    private void Offer() => watched.Replace(Planned().Where(state => state.Plan!.Endpoint.Batch is not null).SelectMany(state =>
        state.Plan!.Items.Select(item => (state.Plan.Variant, new WatchedItem(item, state.Leader!, state.Interval)))));

    private List<WatchState> Planned() => _basis.Planned(_watches.Values);

    private void Changed()
    {
        _basis.Changed();
        _adjustAt = default;
    }

    private bool TryPlan(WatchState state, EngineTime now)
    {
        var before = state.Plan;
        var isPlanned = state.TryPlan(engine, now);
        if (!PlanBasis.IsAlike(before, state.Plan))
        {
            _basis.Changed();
        }

        return isPlanned;
    }

    private static WatchLoad Load(WatchState state, RefreshStrategy strategy) => Load(state.Watch, state.Plan!, strategy);

    private static WatchLoad Load(Watch watch, RequestPlan plan, RefreshStrategy strategy) =>
        new(watch, plan.Provider.Name, strategy, plan.Variant, plan.Endpoint, plan.Items.Count, [.. Keys(plan)]);

    private RefreshStrategy StrategyOf(string provider) => PinOf(provider) ?? (_providers.TryGetValue(provider, out var known) ? known.Keeper.Strategy : RefreshStrategy.Normal);

    private RefreshStrategy? PinOf(string provider) =>
        _pins.TryGetValue(provider, out var own) ? own : _pins.TryGetValue("", out var all) ? all : null;

    // Limits that do not count the request have no key.
    private static IEnumerable<string> Keys(RequestPlan plan) => plan.LimitKeys.Where(static key => key.Length > 0);

    private static bool IsOf(WatchState state, string provider) => string.Equals(state.Watch.Provider, provider, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<WatchState> InOrder(IEnumerable<WatchState> states) =>
        states.OrderBy(state => state.Watch.Priority).ThenBy(state => state.Watch.Name, StringComparer.Ordinal);

    private void Tell(string provider, string what)
    {
        if (engine.Events.IsWatched)
        {
            engine.Events.Publish(new EngineEvent(clock.Now, "refresh", provider, what));
        }
    }
}
