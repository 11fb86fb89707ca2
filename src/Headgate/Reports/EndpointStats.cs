namespace Headgate.Reports;

/// <summary>Counts since start for one endpoint. All are sums; nothing is sampled.</summary>
/// <param name="Endpoint"><c>provider.endpoint</c>.</param>
/// <param name="Demands">Client requests.</param>
/// <param name="Items">Items they asked for.</param>
/// <param name="FreshHits">Items answered from entries that were fresh for the demand.</param>
/// <param name="Joined">Items that joined a flight another demand had started.</param>
/// <param name="Fetched">Items whose flight the demand itself started.</param>
/// <param name="Stale">Items answered stale; never counted as hits.</param>
/// <param name="Refused">Demands refused by the gate.</param>
/// <param name="Calls">Calls sent upstream.</param>
/// <param name="Direct">Calls the clients would have made themselves: one per demand, or as many as its items need.</param>
/// <param name="UpstreamErrors">Calls that did not end in success.</param>
/// <param name="LimitedByUpstream">Calls the upstream answered with a limit error: must stay 0.</param>
/// <param name="ShadowHits">In shadow mode: items that would have been answered from what is held.</param>
/// <param name="OldestServed">Largest age served as success.</param>
public sealed record EndpointStats(
    string Endpoint,
    long Demands,
    long Items,
    long FreshHits,
    long Joined,
    long Fetched,
    long Stale,
    long Refused,
    long Calls,
    long Direct,
    long UpstreamErrors,
    long LimitedByUpstream,
    long ShadowHits,
    TimeSpan OldestServed)
{
    /// <summary>Credits the calls cost; one a call where the definition states none.</summary>
    public long Credits { get; init; }

    /// <summary>Credits the clients' own calls would have cost.</summary>
    public long DirectCredits { get; init; }

    /// <summary>From each call's send to the first byte of its answer; calls without an answer are in no count.</summary>
    public DurationCounts CallTimes { get; init; } = DurationCounts.None;

    /// <summary>From the ask to the send of the call that carried it, for each item or message sent.</summary>
    public DurationCounts QueueTimes { get; init; } = DurationCounts.None;

    /// <summary><see cref="Refused"/> by why; kinds that never occurred are absent.</summary>
    public IReadOnlyDictionary<RefusalKind, long> RefusedBy { get; init; } = new Dictionary<RefusalKind, long>();

    /// <summary>Calls of direct minus calls of the gate.</summary>
    public long Saved => Direct - Calls;
}
