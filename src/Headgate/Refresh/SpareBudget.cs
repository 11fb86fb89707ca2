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
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>The limit (or endpoint) in the way, or null when the call may be made; and when it may have passed, where that is soon.</summary>
    /// <param name="dispatcher">The provider's.</param>
    /// <param name="plan">What would be asked.</param>
    /// <param name="items">Items of the call.</param>
    /// <param name="underWay">Permits of a limit key that background asks begun before may still take.</param>
    /// <param name="now">Now.</param>
    public static (string? Limit, EngineTime Again) Find(Dispatcher dispatcher, RequestPlan plan, int items, Func<string, long> underWay, EngineTime now) => dispatcher.Look((_, queue) =>
    {
        var group = queue.GroupOf(plan, plan.Endpoint.Batch is not null);
        foreach (var limit in group.Limits)
        {
            // A client that waits goes first, whatever there is room for.
            var permits = group.Spends(limit, items) + underWay(limit.Key);
            if (!limit.HasRoom(permits, urgent: false, now, plan.Endpoint.CallTimeout))
            {
                return (limit.Name, limit.EarliestRoom(permits, urgent: false, 0, now, plan.Endpoint.CallTimeout, group.Health.RoundTrip));
            }

            if (HasWaitingClient(queue, limit) || TakesFromClients(limit, permits, now))
            {
                return (limit.Name, limit.Model.Window <= LimitUsage.Minute ? now + LookAgain : EngineTime.Never);
            }
        }

        return group.Health.Breaker.Allows(now) ? (null, EngineTime.Never) : ((string?)plan.Endpoint.Id, EngineTime.Never);
    });

    /// <summary>What each limit of these plans has for refreshing, by limit key; or, where <paramref name="lessClients"/> is false, for refreshing and clients together.</summary>
    public static IReadOnlyDictionary<string, LimitCapacity> Capacities(Dispatcher dispatcher, IEnumerable<RequestPlan> plans, EngineTime now, bool lessClients) => dispatcher.Look((budgets, queue) =>
    {
        var capacities = new Dictionary<string, LimitCapacity>(StringComparer.Ordinal);
        foreach (var plan in plans)
        {
            foreach (var limit in budgets.StatesOf(plan.Endpoint, plan.LimitKeys))
            {
                if (!capacities.ContainsKey(limit.Key))
                {
                    capacities.Add(limit.Key, new LimitCapacity(limit.Name, CarriedPerMinute(limit, queue.GroupOf(plan, plan.Endpoint.Batch is not null).Health.RoundTrip, now, lessClients)));
                }
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

    private static decimal CarriedPerMinute(LimitState limit, TimeSpan roundTrip, EngineTime now, bool lessClients)
    {
        var model = limit.Model;
        // A sliding permit is held until an answer's first byte plus the window.
        var turn = model.Kind == LimitKind.Sliding ? model.Window + roundTrip : model.Window;
        var perMinute = (model.Permits - Reserve(model)) * (decimal)TimeSpan.TicksPerMinute / turn.Ticks;
        return Math.Max(0, (perMinute * PlannedShare) - (lessClients ? limit.Usage.ClientsPerMinute(model, now) : 0));
    }

    private static bool TakesFromClients(LimitState limit, long permits, EngineTime now)
    {
        var model = limit.Model;
        var span = model.Window > LimitUsage.Minute ? model.Window : LimitUsage.Minute;
        var (clients, background) = limit.Usage.Lately(model, now);
        var share = (long)((model.Permits - Reserve(model)) * PlannedShare * span.Ticks / model.Window.Ticks);
        // With the smallest budgets the share is less than one call; while no client wants it, that call may be made.
        if (background + permits > Math.Max(share - clients, clients == 0 ? permits : 0))
        {
            return true;
        }

        if (model.Window <= LimitUsage.Minute)
        {
            // A minute's share spent within one window would still keep clients waiting for that window.
            var perWindow = clients * model.Window.Ticks / span.Ticks;
            return perWindow > 0 && limit.Usage.BackgroundWithin(model, model.Window, now) + permits > model.Permits - Reserve(model) - perWindow;
        }

        // What is spent of a long window is gone for long.
        return limit.Usage.BackgroundWithin(model, model.Window / BurstSpan, now) + permits > Math.Max(permits, share / BurstShare);
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
