using Headgate.Catalogue;

namespace Headgate.Dispatch;

/// <summary>Says why work cannot be sent in time, and when it could. Guarded by the dispatcher's lock; changes nothing.</summary>
internal sealed class QueueRefusals
{
    private readonly WorkQueue _queue;
    private readonly EngineOptions _options;
    private readonly EngineClock _clock;

    public QueueRefusals(WorkQueue queue, EngineOptions options, EngineClock clock)
    {
        _queue = queue;
        _options = options;
        _clock = clock;
    }

    /// <summary>The refusal of work that cannot be answered by its deadline, or null when it may wait.</summary>
    public Refusal? Early(WorkGroup group, Urgency urgency, int newItems, EngineTime now, EngineTime deadline)
    {
        if (_options.Offline)
        {
            return new Refusal(RefusalKind.Offline, 503, Offline(), null, null);
        }

        if (_queue.Count + newItems > _options.QueueMax)
        {
            return new Refusal(RefusalKind.Overloaded, 503, $"{_queue.Count} of at most {_options.QueueMax} items wait already.", now + TimeSpan.FromSeconds(1), null);
        }

        var ahead = QueueEstimate.CountAhead(group, urgency, now, _options.AgeStep);
        var (at, decides) = QueueEstimate.Of(group, _queue.Groups, urgency, ahead, newItems, now, _options.AgeStep);
        if (!group.Health.Breaker.Allows(now))
        {
            // Nobody waits for a probe: it may hang until its time-out, and the contract answers within a second.
            return Write(group, urgency, at, decides, now);
        }

        // What is sent must also come back before the deadline; what can be sent at once is worth the try.
        return at > now && (at == EngineTime.Never || at > Work.LastSend(now, deadline, group.Health.RoundTrip)) ? Write(group, urgency, at, decides, now) : null;
    }

    /// <summary>The refusal of work that waited in vain.</summary>
    public Refusal Late(WorkGroup group, Urgency urgency)
    {
        var now = _clock.Now;
        var ahead = QueueEstimate.CountAhead(group, urgency, now, _options.AgeStep);
        var (at, decides) = QueueEstimate.Of(group, _queue.Groups, urgency, ahead, 1, now, _options.AgeStep);
        return Write(group, urgency, at, decides, now);
    }

    private string Offline() => _options.CallOnly is { } only
        ? $"This gate calls {string.Join(", ", only.Order(StringComparer.Ordinal))} alone; of other providers it serves what it holds."
        : "The gate is offline and serves only what it holds.";

    private Refusal Write(WorkGroup group, Urgency urgency, EngineTime at, Budgets.LimitState? decides, EngineTime now)
    {
        var retryAt = at == EngineTime.Never ? (EngineTime?)null : at;
        var breaker = group.Health.Breaker;
        if (breaker.IsOpen && !group.Limits.Any(limit => RoomAt(limit) > EngineTime.Max(now, breaker.ProbeAt)))
        {
            return new Refusal(RefusalKind.BreakerOpen, 503, $"{group.Endpoint.Id} failed {Breaker.FailuresMax} times within a minute; it is tried again by itself.", retryAt, null);
        }

        // The limit that frees last is the one in the way: behind those who wait already, else now.
        var limit = decides ?? group.Limits.MaxBy(RoomAt);
        if (limit is null)
        {
            return new Refusal(RefusalKind.Limited, 429, $"No call to {group.Endpoint.Id} could be sent before the deadline.", retryAt, null);
        }

        var why = now < limit.ClosedUntil
            ? limit.ClosedBecause ?? "closed by the upstream"
            : $"{limit.Model.Permits} per {Describe(limit.Model)} are spent or spoken for";
        return new Refusal(RefusalKind.Limited, 429, $"Limit {limit.Name}: {why}.", retryAt, limit.Name);

        EngineTime RoomAt(Budgets.LimitState limit) =>
            limit.EarliestRoom(group.Spends(limit, 1), urgency.IsUrgent, 0, now, group.Endpoint.CallTimeout, group.Health.RoundTrip);
    }

    private static string Describe(LimitModel limit) => limit.Window switch
    {
        { TotalDays: >= 1 } days when days.Ticks % TimeSpan.TicksPerDay == 0 => $"{days.TotalDays:0} d",
        { TotalMinutes: >= 1 } minutes when minutes.Ticks % TimeSpan.TicksPerMinute == 0 => $"{minutes.TotalMinutes:0} min",
        var seconds => $"{seconds.TotalSeconds:0.###} s",
    };
}
