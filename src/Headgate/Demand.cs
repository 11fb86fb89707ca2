using Headgate.Catalogue;

namespace Headgate;

/// <summary>What one client request asks of the engine.</summary>
/// <remarks>Immutable; may be kept and asked again.</remarks>
public sealed class Demand
{
    public required RequestPlan Plan { get; init; }

    /// <summary>The request behind it: its headers go with calls made on its behalf.</summary>
    public required ClientRequest Request { get; init; }

    public Freshness Freshness
    {
        get;
        init => (field, HasBounds) = (value, value is not { MaxAge: null, MinFresh: null, AsOfMax: null, NotBefore: null, ProfileTtl: null });
    }

    /// <summary>Does <see cref="Freshness"/> state any bound that an entry must meet to be fresh? Most demands state none, and a hit need not read it.</summary>
    internal bool HasBounds { get; private init; }

    public Urgency Urgency { get; init; }

    /// <summary>Who asks, for fairness, quotas and reports: <c>Headgate-Client</c>, else the edge's name for it.</summary>
    public string Client { get; init; } = "";

    /// <summary>Bounds waiting and call together; null takes the endpoint's.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Where the asker reaches this provider, with a slash at the end: put in the place of a server that a login names. Null leaves such an answer as it is.</summary>
    public Uri? GateAddress { get; init; }

    /// <summary>Names the request in explanations; 0 lets the engine name it.</summary>
    public long RequestId { get; init; }

    /// <summary>The stored response this call asks the origin about; null for a call that asks anew.</summary>
    internal Caching.Entry? Validates { get; init; }

    /// <summary>The refresh scheduler's own: no client's request, so it counts as none and is not recorded as one.</summary>
    internal bool IsRefresh { get; init; }
}
