using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Dispatch;

namespace Headgate.Refresh;

/// <summary>Decides whether a background call may be made now without spending what clients will need. Spends nothing.</summary>
internal static class SpareBudget
{
    /// <summary>Share of a limit that refreshing and clients together are planned to use.</summary>
    private const decimal PlannedShare = 0.8m;

    // At most a quarter of refreshing's share of a long window within a sixth of it: a start with nothing held must not spend a day's budget at once.
    private const long BurstShare = 4;
    private const double BurstSpan = 6;

    /// <summary>The limit (or endpoint) in the way, or null when the call may be made; and whether that can pass within seconds.</summary>
    /// <param name="dispatcher">The provider's.</param>
    /// <param name="plan">What would be asked.</param>
    /// <param name="items">Items of the call.</param>
    /// <param name="underWay">Permits of a limit key that background asks begun before may still take.</param>
    /// <param name="now">Now.</param>
    public static (string? Limit, bool Passes) Find(Dispatcher dispatcher, RequestPlan plan, int items, Func<string, long> underWay, EngineTime now) => dispatcher.Look((_, queue) =>
    {
        var group = queue.GroupOf(plan, plan.Endpoint.Batch is not null);
        var cost = group.CostOf(items);
        foreach (var limit in group.Limits)
        {
            // A client that waits goes first, whatever there is room for.
            if (HasWaitingClient(queue, limit)
                || !limit.HasRoom(cost + underWay(limit.Key), urgent: false, now, plan.Endpoint.CallTimeout)
                || TakesFromClients(limit, cost + underWay(limit.Key), now))
            {
                return (limit.Name, limit.Model.Window <= LimitUsage.Minute && limit.ClosedUntil <= now);
            }
        }

        return group.Health.Breaker.Allows(now) ? (null, false) : ((string?)plan.Endpoint.Id, false);
    });

    /// <summary>What each limit of these plans has for refreshing, by limit key.</summary>
    public static IReadOnlyDictionary<string, LimitCapacity> Capacities(Dispatcher dispatcher, IEnumerable<RequestPlan> plans, EngineTime now) => dispatcher.Look((budgets, queue) =>
    {
        var capacities = new Dictionary<string, LimitCapacity>(StringComparer.Ordinal);
        foreach (var plan in plans)
        {
            foreach (var limit in budgets.StatesOf(plan.Endpoint, plan.LimitKeys))
            {
                capacities.TryAdd(limit.Key, new LimitCapacity(limit.Name, CarriedPerMinute(limit, queue.GroupOf(plan, plan.Endpoint.Batch is not null).Health.RoundTrip, now)));
            }
        }

        return capacities;
    });

    /// <summary>The largest share used of any of these limits, in percent.</summary>
    public static (int Percent, string? Limit) Usage(Dispatcher dispatcher, IReadOnlySet<string> keys, EngineTime now) => dispatcher.Look((budgets, _) =>
    {
        var most = budgets.States.Where(limit => keys.Contains(limit.Key)).OrderBy(limit => limit.Key, StringComparer.Ordinal).MaxBy(limit => limit.Usage.Percent(limit, now));
        return most is null ? (0, (string?)null) : (most.Usage.Percent(most, now), most.Name);
    });

    private static decimal CarriedPerMinute(LimitState limit, TimeSpan roundTrip, EngineTime now)
    {
        var model = limit.Model;
        // A sliding permit is held until an answer's first byte plus the window.
        var turn = model.Kind == LimitKind.Sliding ? model.Window + roundTrip : model.Window;
        var perMinute = (model.Permits - Reserve(model)) * (decimal)TimeSpan.TicksPerMinute / turn.Ticks;
        return Math.Max(0, (perMinute * PlannedShare) - limit.Usage.ClientsPerMinute(model, now));
    }

    private static bool TakesFromClients(LimitState limit, long permits, EngineTime now)
    {
        var model = limit.Model;
        var clients = limit.Usage.ClientsPerWindow(model, now);
        if (model.Window <= LimitUsage.Minute)
        {
            return clients > 0 && limit.Usage.BackgroundInWindow(model, now) + permits > model.Permits - Reserve(model) - clients;
        }

        // What is spent of a long window is gone for long: refreshing keeps to its planned share, and spreads that too.
        var share = (long)((model.Permits - Reserve(model)) * PlannedShare);
        return limit.Usage.BackgroundInWindow(model, now) + permits > share - clients
            || limit.Usage.BackgroundWithin(model, model.Window / BurstSpan, now) + permits > Math.Max(permits, share / BurstShare);
    }

    private static long Reserve(LimitModel limit) => limit.Permits * limit.ReservePercent / 100;

    private static bool HasWaitingClient(WorkQueue queue, LimitState limit)
    {
        foreach (var group in queue.Groups)
        {
            if (group.Queue.Count > 0 && group.Limits.Contains(limit) && group.Queue.Exists(static work => !work.Urgency.IsBackground))
            {
                return true;
            }
        }

        return false;
    }
}
