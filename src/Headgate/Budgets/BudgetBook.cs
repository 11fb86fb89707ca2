using Headgate.Catalogue;

namespace Headgate.Budgets;

/// <summary>Every limit of one provider, by scope value. Takes all permits of a call or none. Not thread-safe: the dispatcher's lock holds it.</summary>
internal sealed class BudgetBook
{
    private readonly Dictionary<string, LimitState> _states = new(StringComparer.Ordinal);
    private readonly EngineClock _clock;
    private readonly ILedger _ledger;
    private readonly Func<Pacing> _newPacing;
    private readonly ILookup<string, Hold> _holds;
    private readonly ILookup<string, WindowTotal> _totals;
    private readonly Dictionary<string, Closure> _closures;

    public BudgetBook(EngineClock clock, TimeSpan guard, ILedger ledger, LedgerState loaded, Func<Pacing> newPacing)
    {
        _newPacing = newPacing;
        _clock = clock;
        _ledger = ledger;
        Upstream = new UpstreamClock(clock, guard);
        _holds = loaded.Holds.ToLookup(hold => hold.LimitKey, StringComparer.Ordinal);
        _totals = loaded.Windows.ToLookup(total => total.LimitKey, StringComparer.Ordinal);
        _closures = loaded.Closures.ToDictionary(closure => closure.Key, StringComparer.Ordinal);
    }

    /// <summary>Brings back every limit of the provider that a former process spent from.</summary>
    public void Restore(ProviderModel provider)
    {
        var keys = _holds.Select(holds => holds.Key).Concat(_totals.Select(totals => totals.Key)).Concat(_closures.Keys).Distinct(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var slash = key.IndexOf('/', StringComparison.Ordinal);
            var id = slash < 0 ? key : key[..slash];
            if (provider.Limits.Values.FirstOrDefault(limit => string.Equals(limit.Id, id, StringComparison.Ordinal)) is { } model)
            {
                State(model, key);
            }
        }
    }

    /// <summary>What the provider's clock shows.</summary>
    public UpstreamClock Upstream { get; }

    /// <summary>Every limit touched so far.</summary>
    public IEnumerable<LimitState> States => _states.Values;

    public LimitState State(LimitModel model, string key)
    {
        if (_states.TryGetValue(key, out var state))
        {
            if (state.Model.Kind == model.Kind)
            {
                state.Model = model;
                return state;
            }
        }

        state = Create(model, key);
        _states[key] = state;
        return state;
    }

    /// <summary>The states of an endpoint's limits, in its order; limits that do not count the request have an empty key and are left out.</summary>
    public IReadOnlyList<LimitState> StatesOf(EndpointModel endpoint, IReadOnlyList<string> keys)
    {
        var states = new List<LimitState>(endpoint.Limits.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Length > 0)
            {
                states.Add(State(endpoint.Limits[i], keys[i]));
            }
        }

        return states;
    }

    public static bool HasRoom(IReadOnlyList<LimitState> limits, EndpointModel endpoint, int items, bool urgent, EngineTime now)
    {
        foreach (var limit in limits)
        {
            if (!limit.HasRoom(endpoint.Spends(limit.Model, items), urgent, now, endpoint.CallTimeout))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes a call's permits of every limit. The caller has checked that there is room, under the same lock.</summary>
    public BudgetLease Take(long chargeId, EndpointModel endpoint, IReadOnlyList<LimitState> limits, int items, EngineTime now)
    {
        var builder = new ChargeBuilder();
        foreach (var limit in limits)
        {
            limit.Take(chargeId, endpoint.Spends(limit.Model, items), now, endpoint.CallTimeout, builder);
        }

        return new BudgetLease(new Charge(chargeId, now, endpoint.CallTimeout, _clock.Mark(), builder.Sliding, builder.Calendar, endpoint.Id) { Credits = endpoint.Credits.For(items) }, limits);
    }

    /// <summary>The charge failed: nothing is sent, the permits are free.</summary>
    public static void Cancel(BudgetLease lease)
    {
        End(lease);
        foreach (var limit in lease.Limits)
        {
            limit.Cancel(lease.Charge.Id);
        }
    }

    /// <summary>The first byte of the answer came.</summary>
    public void Settle(BudgetLease lease, EngineTime firstByteAt)
    {
        End(lease);
        foreach (var limit in lease.Limits)
        {
            if (limit.Settle(lease.Charge.Id, firstByteAt) is { } back)
            {
                _ledger.Release(lease.Charge.Id, back.LimitKey, back.WindowId, back.Permits);
            }
        }

        _ledger.Settle(lease.Charge.Id, firstByteAt);
    }

    /// <summary>No answer came: the request may yet arrive until its time-out.</summary>
    public static void SettleSilent(BudgetLease lease)
    {
        End(lease);
        foreach (var limit in lease.Limits)
        {
            limit.SettleSilent(lease.Charge.Id);
        }
    }

    private static void End(BudgetLease lease)
    {
        if (lease.Ended)
        {
            throw new InvalidOperationException($"Charge {lease.Charge.Id} ended twice.");
        }

        lease.Ended = true;
    }

    private LimitState Create(LimitModel model, string key)
    {
        LimitState state;
        if (model.Kind == LimitKind.Calendar)
        {
            var calendar = new CalendarWindow(model, key, Upstream, _newPacing());
            foreach (var total in _totals[key])
            {
                calendar.Restore(total);
            }

            state = calendar;
        }
        else
        {
            var sliding = new SlidingWindow(model, key);
            foreach (var hold in _holds[key])
            {
                sliding.Restore(hold);
            }

            state = sliding;
        }

        if (_closures.TryGetValue(key, out var closure))
        {
            state.Close(closure.Until, closure.Reason);
            state.Strikes = closure.Strikes;
        }

        return state;
    }
}
