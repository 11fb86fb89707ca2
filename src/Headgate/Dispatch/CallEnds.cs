using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Reports;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>What the send and the end of a call do to limits and breakers, and who is told. Guarded by the dispatcher's lock.</summary>
internal sealed class CallEnds(BudgetBook budgets, EngineEvents events)
{
    public void Sent(PlannedCall call, EngineTime at)
    {
        if (events.IsWatched)
        {
            events.Publish(new EngineEvent(at, "call", call.Group.Endpoint.Id, call.Works.Count == 1 ? "1 item" : $"{call.Works.Count} items"));
        }
    }

    /// <summary>The first byte of an answer came.</summary>
    public void Settle(PlannedCall call, EngineTime firstByteAt, DateTimeOffset? upstreamDate)
    {
        call.Group.Health.Observe(firstByteAt - call.Lease.Charge.SentAt);
        if (upstreamDate is { } date)
        {
            budgets.Upstream.Observe(date, call.Lease.Charge.SentAt, firstByteAt);
        }

        budgets.Settle(call.Lease, firstByteAt);
    }

    /// <summary>Takes what the answer's headers say is used.</summary>
    /// <returns>What to make durable.</returns>
    public static IReadOnlyList<WindowTotal> ObserveUsage(PlannedCall call, Func<string, string?> header, EngineTime now)
    {
        List<WindowTotal>? raised = null;
        foreach (var limit in call.Group.Limits)
        {
            if (limit.Model.Usage is { } usage && long.TryParse(header(usage.Name), out var told) && told >= 0)
            {
                var used = usage.IsRemaining ? limit.Model.Permits - told : told;
                if (limit.ObserveUsed(used, now) is { } windowId)
                {
                    (raised ??= []).Add(new WindowTotal(limit.Key, windowId, used));
                }
            }
        }

        return raised ?? (IReadOnlyList<WindowTotal>)[];
    }

    /// <summary>Tells the breaker and the back-off how a call ended.</summary>
    public void Health(PlannedCall call, OutcomeKind outcome, EngineTime now)
    {
        call.Group.Health.Count(outcome);
        var breaker = call.Group.Health.Breaker;
        var wasOpen = breaker.IsOpen;
        switch (outcome)
        {
            case OutcomeKind.Transient:
                breaker.Failed(now);
                break;
            case OutcomeKind.Limited or OutcomeKind.Unauthorized or OutcomeKind.Malformed:
                breaker.Neutral();
                break;
            default:
                breaker.Succeeded();
                break;
        }

        if (outcome is not (OutcomeKind.Limited or OutcomeKind.Transient))
        {
            foreach (var limit in call.Group.Limits)
            {
                limit.Strikes = now >= limit.ClosedUntil ? 0 : limit.Strikes;
            }
        }

        if (breaker.IsOpen != wasOpen && events.IsWatched)
        {
            events.Publish(wasOpen
                ? new EngineEvent(now, "breaker-closed", call.Group.Endpoint.Id, "The upstream answers again.")
                : new EngineEvent(now, "breaker-open", call.Group.Endpoint.Id, $"{Breaker.FailuresMax} failures within a minute; probed again from {breaker.ProbeAt}."));
        }
    }

    /// <summary>Closes limits of a call after a limit answer; the first when none is named. Calls sent before a closure do not lengthen its back-off.</summary>
    /// <returns>What to make durable.</returns>
    public IReadOnlyList<Closure> Close(PlannedCall call, IReadOnlyList<LimitModel> which, Func<LimitState, EngineTime, EngineTime> until, string because, EngineTime now)
    {
        List<Closure> closures = [];
        var named = call.Group.Limits.Where(limit => which.Any(model => string.Equals(model.Id, limit.Model.Id, StringComparison.Ordinal))).ToList();
        foreach (var limit in named.Count > 0 ? named : call.Group.Limits.Take(1))
        {
            limit.Strikes += call.Lease.Charge.SentAt >= limit.ClosedUntil ? 1 : 0;
            limit.Close(until(limit, now), because);
            closures.Add(new Closure(limit.Key, limit.ClosedUntil, limit.Strikes, because));
            if (events.IsWatched)
            {
                events.Publish(new EngineEvent(now, "closure", limit.Model.Id, $"Closed until {limit.ClosedUntil}: {because}."));
            }
        }

        return closures;
    }
}
