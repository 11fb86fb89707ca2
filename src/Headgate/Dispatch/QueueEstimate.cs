using Headgate.Budgets;

namespace Headgate.Dispatch;

/// <summary>Estimates when work could be sent behind the present queue: early refusal and <c>Retry-After</c>. Pure; spends nothing.</summary>
internal static class QueueEstimate
{
    /// <param name="group">Where the work waits or would wait.</param>
    /// <param name="groups">All groups of the provider.</param>
    /// <param name="urgency">Effective urgency of the work.</param>
    /// <param name="itemsAhead">Items of its own group that go first.</param>
    /// <param name="newItems">Items it brings.</param>
    /// <param name="now">Now.</param>
    /// <param name="ageStep">For ageing.</param>
    /// <returns>The time of the last call it needs, and the limit that decides it (null when none does).</returns>
    public static (EngineTime At, LimitState? Limit) Of(
        WorkGroup group, IEnumerable<WorkGroup> groups, Urgency urgency, int itemsAhead, int newItems, EngineTime now, TimeSpan ageStep)
    {
        var at = EngineTime.Max(now, group.Health.Breaker.IsOpen ? group.Health.Breaker.ProbeAt : now);
        LimitState? decides = null;
        foreach (var limit in group.Limits)
        {
            var ahead = group.CallsFor(itemsAhead + newItems) - 1;
            foreach (var other in groups)
            {
                if (!ReferenceEquals(other, group) && other.Limits.Contains(limit))
                {
                    ahead += other.CallsFor(CountAhead(other, urgency, now, ageStep));
                }
            }

            var room = limit.EarliestRoom(group.Spends(limit, 1), urgency.IsUrgent, ahead, now, group.Endpoint.CallTimeout, group.Health.RoundTrip);
            if (room > at)
            {
                at = room;
                decides = limit;
            }
        }

        return (at, decides);
    }

    /// <summary>Waiting work of a group that goes before new work of this urgency.</summary>
    public static int CountAhead(WorkGroup group, Urgency urgency, EngineTime now, TimeSpan ageStep)
    {
        var count = 0;
        foreach (var work in group.Queue)
        {
            if (work.EffectiveUrgency(now, ageStep) <= urgency.Value)
            {
                count++;
            }
        }

        return count;
    }
}
