using Headgate.Budgets;
using Headgate.Catalogue;

namespace Headgate.Dispatch;

/// <summary>Work that spends the same limits and, where the endpoint batches, may share a call. Guarded by the dispatcher's lock.</summary>
internal sealed class WorkGroup
{
    public WorkGroup(string key, EndpointModel endpoint, bool batches, IReadOnlyList<LimitState> limits, Breaker breaker)
    {
        Key = key;
        Endpoint = endpoint;
        Batches = batches;
        Limits = limits;
        Breaker = breaker;
    }

    public string Key { get; }

    public EndpointModel Endpoint { get; }

    /// <summary>Do its items travel together?</summary>
    public bool Batches { get; }

    public IReadOnlyList<LimitState> Limits { get; }

    public Breaker Breaker { get; }

    /// <summary>In order of arrival.</summary>
    public List<Work> Queue { get; } = [];

    /// <summary>Simultaneous arrivals gather until then.</summary>
    public EngineTime LingerUntil { get; set; }

    /// <summary>Smoothed time from send to first byte.</summary>
    public TimeSpan RoundTrip { get; private set; } = TimeSpan.FromMilliseconds(50);

    public void ObserveRoundTrip(TimeSpan observed) => RoundTrip = ((RoundTrip * 7) + observed) / 8;

    /// <summary>Calls needed for this many items.</summary>
    public int CallsFor(int items) => Batches ? (items + Endpoint.Batch!.Max - 1) / Endpoint.Batch.Max : items;

    public long CostOf(int items) => Endpoint.Cost.For(items);
}
