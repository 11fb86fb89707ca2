using Headgate.Budgets;
using Headgate.Catalogue;

namespace Headgate.Dispatch;

/// <summary>Work that spends the same limits and, where the endpoint batches, may share a call. Guarded by the dispatcher's lock.</summary>
internal sealed class WorkGroup
{
    public WorkGroup(string key, EndpointModel endpoint, CallVariant? variant, int itemsEach, IReadOnlyList<LimitState> limits, EndpointHealth health)
    {
        ItemsEach = itemsEach;
        Key = key;
        Endpoint = endpoint;
        Variant = variant;
        Limits = limits;
        Health = health;
    }

    public string Key { get; }

    public EndpointModel Endpoint { get; }

    /// <summary>What its items share besides their endpoint, when they travel together; else null.</summary>
    public CallVariant? Variant { get; }

    /// <summary>Items in one piece of its work: 1, or what each of its passed requests names.</summary>
    public int ItemsEach { get; }

    /// <summary>Do its items travel together?</summary>
    public bool Batches => Variant is not null;

    public IReadOnlyList<LimitState> Limits { get; }

    public EndpointHealth Health { get; }

    /// <summary>In order of arrival.</summary>
    public List<Work> Queue { get; } = [];

    /// <summary>Simultaneous arrivals gather until then.</summary>
    public EngineTime LingerUntil { get; set; }

    /// <summary>Calls needed for this many items.</summary>
    public int CallsFor(int items) => Batches ? (items + Endpoint.Batch!.Max - 1) / Endpoint.Batch.Max : items;

    /// <summary>What a call with this many pieces of work spends, calls' cost and credits together: what turns and seats are weighed by.</summary>
    public long CostOf(int works) => Limits.Any(static limit => limit.Model.CountsCredits)
        ? Endpoint.Cost.For(works * ItemsEach) + Endpoint.Credits.For(works * ItemsEach)
        : Endpoint.Cost.For(works * ItemsEach);

    /// <summary>What such a call spends of one limit.</summary>
    public long Spends(LimitState limit, int works) => Endpoint.Spends(limit.Model, works * ItemsEach);

    /// <summary>May a call of this group with that much of its work be sent now, by its limits and its breaker?</summary>
    public bool HasRoom(bool urgent, EngineTime now, int works = 1) =>
        Health.Breaker.Allows(now) && BudgetBook.HasRoom(Limits, Endpoint, works * ItemsEach, urgent, now);

    /// <summary>Has it gathered long enough, or is a call full?</summary>
    public bool IsReady(EngineTime now) => !Batches || now >= LingerUntil || Queue.Count >= Endpoint.Batch!.Max;

    /// <summary>May items of this group travel in a call of the other, whose larger shape answers them?</summary>
    public bool RidesWith(WorkGroup host) =>
        Variant is { } own
        && host.Variant is { } carrying
        && own.Credential == carrying.Credential
        && string.Equals(own.FixedQuery, carrying.FixedQuery, StringComparison.Ordinal)
        && Endpoint.Larger.Any(larger => ReferenceEquals(larger.Endpoint, host.Endpoint));

    /// <summary>When a call could be sent; never while a probe is under way, whose end looks again.</summary>
    public EngineTime ReadyAt(bool urgent, EngineTime now)
    {
        var breaker = Health.Breaker;
        if (!breaker.Allows(now) && now >= breaker.ProbeAt)
        {
            return EngineTime.Never;
        }

        var at = Batches && LingerUntil > now && Queue.Count < Endpoint.Batch!.Max ? LingerUntil : now;
        if (breaker.IsOpen)
        {
            at = EngineTime.Max(at, breaker.ProbeAt);
        }

        foreach (var limit in Limits)
        {
            at = EngineTime.Max(at, limit.EarliestRoom(Spends(limit, 1), urgent, 0, now, Endpoint.CallTimeout, Health.RoundTrip));
        }

        return at;
    }

    /// <summary>Puts work back at its place: a retry keeps its turn.</summary>
    public void Insert(Work work)
    {
        var index = Queue.FindIndex(other => other.Sequence > work.Sequence);
        Queue.Insert(index < 0 ? Queue.Count : index, work);
    }
}
