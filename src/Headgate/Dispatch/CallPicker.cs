using Headgate.Catalogue;
using Headgate.Flights;

namespace Headgate.Dispatch;

/// <summary>Decides whose call goes next: urgency after ageing, then deficit round robin between clients, then arrival. Guarded by the dispatcher's lock.</summary>
internal sealed class CallPicker
{
    private readonly WorkQueue _queue;
    private readonly ClientRing _clients = new();
    private readonly TimeSpan _ageStep;

    public CallPicker(WorkQueue queue, TimeSpan ageStep)
    {
        _queue = queue;
        _ageStep = ageStep;
    }

    /// <summary>The work of the next call, taken out of the queue; null when nothing may go now.</summary>
    public IReadOnlyList<Work>? Next(EngineTime now)
    {
        var (urgency, costs) = Front(now);
        if (costs is null)
        {
            return null;
        }

        var first = Oldest(now, urgency, _clients.Next(costs));
        IReadOnlyList<Work> picked = first is Flight flight && first.Group.Batches ? Fill(flight, now) : [first];
        foreach (var work in picked)
        {
            _queue.Remove(work);
            work.State = WorkState.Sending;
        }

        return picked;
    }

    /// <summary>The most urgent level at which something may be sent, and what each client's next call at that level costs.</summary>
    private (int Urgency, Dictionary<string, long>? Costs) Front(EngineTime now)
    {
        var best = int.MaxValue;
        Dictionary<string, long>? costs = null;
        foreach (var work in Sendable(now))
        {
            var urgency = work.EffectiveUrgency(now, _ageStep);
            if (urgency < best)
            {
                best = urgency;
                costs = new Dictionary<string, long>(StringComparer.Ordinal);
            }

            if (urgency == best)
            {
                costs!.TryAdd(work.Client, work.Group.CostOf(1));
            }
        }

        return (best, costs);
    }

    private Work Oldest(EngineTime now, int urgency, string client) =>
        Sendable(now)
            .Where(work => work.EffectiveUrgency(now, _ageStep) == urgency && string.Equals(work.Client, client, StringComparison.Ordinal))
            .MinBy(work => work.Sequence)!;

    private IEnumerable<Work> Sendable(EngineTime now)
    {
        foreach (var group in _queue.Groups)
        {
            // Urgent work may spend the reserve, so it has room wherever anything has.
            if (group.Queue.Count == 0 || !group.IsReady(now) || !group.HasRoom(urgent: true, now))
            {
                continue;
            }

            var room = group.HasRoom(urgent: false, now);
            foreach (var work in group.Queue)
            {
                if (work.NotBefore <= now && (room || work.Urgency.IsUrgent))
                {
                    yield return work;
                }
            }
        }
    }

    /// <summary>The flights of the next call: those of the group whose turn it is, and smaller shapes of the same items for the seats they leave.</summary>
    private IReadOnlyList<Flight> Fill(Flight first, EngineTime now)
    {
        var host = HostOf(first, now);
        var group = host.Group;
        List<Work> waiting = [first, .. InTurn(group, now)];
        foreach (var other in _queue.Groups)
        {
            if (other.RidesWith(group))
            {
                waiting.AddRange(InTurn(other, now));
            }
        }

        var filled = BatchPlanner.Fill(host, [.. waiting.Distinct()], now, candidates => Fits(host, candidates), group.CostOf);
        var count = filled.Count;
        // A fuller call may cost more permits than there is room for; the first item alone has room.
        while (count > 1 && !group.HasRoom(first.Urgency.IsUrgent, now, count))
        {
            count--;
        }

        return count == filled.Count ? filled : [.. filled.Take(count)];
    }

    /// <summary>Where a larger shape waits as well, one call of it serves both.</summary>
    private Flight HostOf(Flight first, EngineTime now)
    {
        foreach (var group in _queue.Groups)
        {
            if (group.Queue.Count > 0 && first.Tag is null && first.Group.RidesWith(group) && group.HasRoom(first.Urgency.IsUrgent, now)
                && InTurn(group, now).FirstOrDefault(work => work.Tag is null && work.NotBefore <= now) is Flight host)
            {
                return host;
            }
        }

        return first;
    }

    private IEnumerable<Work> InTurn(WorkGroup group, EngineTime now) =>
        group.Queue.OrderBy(work => work.EffectiveUrgency(now, _ageStep)).ThenBy(work => work.Sequence);

    private static int Fits(Flight first, IReadOnlyList<Flight> candidates) =>
        CallBuilder.Fits(first.Leader.Plan, first.Group.Endpoint, candidates.Select(flight => flight.Item.Text).ToList());
}
