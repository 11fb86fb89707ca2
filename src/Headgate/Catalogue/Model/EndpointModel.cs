namespace Headgate.Catalogue;

/// <summary>With whom an entry of this endpoint may be shared (http-contract "Credentials").</summary>
public enum EndpointScope
{
    /// <summary>With every caller the gate admits.</summary>
    Public,

    /// <summary>With credentials this upstream accepted for the endpoint class in the last 24 hours.</summary>
    Entitled,

    /// <summary>With the same account only.</summary>
    Account,
}

/// <summary>One operation of an upstream API, as it runs. Immutable.</summary>
public sealed class EndpointModel
{
    /// <summary><c>provider.endpoint</c>.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required RouteTemplate Route { get; init; }

    public required EndpointScope Scope { get; init; }

    /// <summary>False for <c>cache: never</c>: passes through once, unmerged and uncoalesced.</summary>
    public required bool Cacheable { get; init; }

    /// <summary>Endpoint class that entitlements are kept by; default the first limit's name, else the endpoint's.</summary>
    public required string Class { get; init; }

    /// <summary>Every limit a call spends; all or none are taken.</summary>
    public required IReadOnlyList<LimitModel> Limits { get; init; }

    /// <summary>What a call spends of each limit that counts calls or weight.</summary>
    public required CostModel Cost { get; init; }

    /// <summary>What a call spends of each limit that counts credits, and what its price reckons with.</summary>
    public CostModel Credits { get; init; } = CostModel.One;

    /// <summary>What one call costs, in the provider's currency; null takes the provider's price.</summary>
    public decimal? Price { get; init; }

    /// <summary>Bounds waiting and call together when the client states no deadline.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>Bounds one call from send to the end of the body's head; a request arrives within it or never.</summary>
    public required TimeSpan CallTimeout { get; init; }

    public required FreshnessModel Freshness { get; init; }

    public BatchModel? Batch { get; init; }

    public RangeModel? Range { get; init; }

    /// <summary>Set where a POST is a read: its answer follows from body, media type and target alone. Null for every other endpoint.</summary>
    public ContentModel? Content { get; init; }

    /// <summary>Larger shapes whose stored or in-flight items answer this one by projection, smallest first; empty for most endpoints.</summary>
    public required IReadOnlyList<LargerShape> Larger { get; init; }

    /// <summary>Media types an answer may have; empty accepts any. HTML for JSON is malformed.</summary>
    public required IReadOnlyList<string> ContentTypes { get; init; }

    /// <summary>Paths a whole JSON answer with status 200 must have; an answer without one is malformed. Answers of other media types are not looked at.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Required { get; init; } = [];

    /// <summary>Largest body kept as an entry, in bytes; larger bodies pass through.</summary>
    public required long ResponseBytesMax { get; init; }

    /// <summary>Bodies that stream on a miss without being checked as JSON first (dumps).</summary>
    public bool Stream { get; init; }

    /// <summary>Where one endpoint serves several markets: which item belongs to which; null for the provider's own.</summary>
    public ItemMarkets? Markets { get; init; }

    /// <summary>Credential purpose of injected secrets.</summary>
    public string Purpose { get; init; } = "";

    public override string ToString() => Id;

    /// <summary>Permits that a call with this many items spends of a limit.</summary>
    public long Spends(LimitModel limit, int items) => (limit.CountsCredits ? Credits : Cost).For(items);

    /// <summary>
    /// The same endpoint for requests that name no items, or name them in a way that cannot be taken apart: their answers are kept
    /// whole, under an id of their own (names hold no dot) so that they are never taken for an item.
    /// </summary>
    internal EndpointModel AsWhole() => new()
    {
        Id = $"{Id}.all",
        Name = Name,
        Route = Route,
        Scope = Scope,
        Cacheable = Cacheable,
        Class = Class,
        Limits = Limits,
        // How many items the upstream will count is not known here, so the dearest call is charged.
        Cost = new CostModel(Cost.Dearest(Batch?.Max ?? 1), 0, []),
        Credits = new CostModel(Credits.Dearest(Batch?.Max ?? 1), 0, []),
        Price = Price,
        Deadline = Deadline,
        CallTimeout = CallTimeout,
        Freshness = Freshness,
        Larger = [],
        ContentTypes = ContentTypes,
        Required = Required,
        ResponseBytesMax = ResponseBytesMax,
        Stream = Stream,
        Markets = Markets,
        Purpose = Purpose,
    };
}

/// <summary>A larger shape and the members of its items that make up the smaller one, in the order the upstream writes them.</summary>
public sealed record LargerShape(EndpointModel Endpoint, IReadOnlyList<string> Members);

/// <summary>Permits per call: constant, or by number of items (<see cref="PerItem"/>), or in steps (Binance: 20 symbols 2, 21 cost 40).</summary>
/// <param name="Permits">Permits of a call regardless of items.</param>
/// <param name="PerItem">Permits added per item.</param>
/// <param name="Steps">(up to this many items, permits); overrides the other two when not empty.</param>
public sealed record CostModel(long Permits, long PerItem, IReadOnlyList<(int ItemsMax, long Permits)> Steps)
{
    public static CostModel One { get; } = new(1, 0, []);

    /// <summary>What a call that may carry anything spends at most: the last step, or a full call.</summary>
    public long Dearest(int itemsMax) => Steps.Count > 0 ? Steps.Max(step => step.Permits) : For(itemsMax);

    /// <summary>What a call that carries this many items spends.</summary>
    public long For(int items)
    {
        foreach (var (itemsMax, permits) in Steps)
        {
            if (items <= itemsMax)
            {
                return permits;
            }
        }

        return Steps.Count > 0 ? Steps[^1].Permits : Permits + (PerItem * items);
    }
}
