namespace Headgate.Gateway.Operations;

/// <summary>What one endpoint saved on one day.</summary>
/// <param name="Day">UTC day.</param>
/// <param name="Endpoint"><c>provider.endpoint</c>.</param>
/// <param name="Asked">Client requests.</param>
/// <param name="Items">Items they asked for.</param>
/// <param name="Direct">Calls the clients would have made themselves.</param>
/// <param name="Calls">Calls charged, as the ledger holds them: none is missing after a crash.</param>
/// <param name="Hits">Items answered fresh from what was held.</param>
/// <param name="Stale">Items answered stale; no hits.</param>
/// <param name="Refused">Requests refused.</param>
public sealed record DaySavings(DateOnly Day, string Endpoint, long Asked, long Items, long Direct, long Calls, long Hits, long Stale, long Refused)
{
    /// <summary>Credits the calls cost, as counted; a crash loses what came after the last flush.</summary>
    public long Credits { get; init; }

    /// <summary>Credits the clients' own calls would have cost.</summary>
    public long DirectCredits { get; init; }

    /// <summary>Calls of direct minus calls of the gate.</summary>
    public long Saved => Direct - Calls;
}
