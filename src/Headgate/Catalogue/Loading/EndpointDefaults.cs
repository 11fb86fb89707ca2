namespace Headgate.Catalogue;

/// <summary>What a provider states for all its endpoints.</summary>
/// <param name="Provider">Provider name.</param>
/// <param name="Scope">Scope of endpoints that state none.</param>
/// <param name="Deadline">Deadline of endpoints that state none.</param>
/// <param name="Timeout">Call time-out, or null for the endpoint's deadline.</param>
/// <param name="ContentTypes">Media types of answers.</param>
/// <param name="Freshness">Freshness of endpoints that state none.</param>
/// <param name="Limits">What endpoints spend that list no limits.</param>
internal sealed record EndpointDefaults(
    string Provider,
    EndpointScope Scope,
    TimeSpan Deadline,
    TimeSpan? Timeout,
    IReadOnlyList<string> ContentTypes,
    FreshnessModel Freshness,
    IReadOnlyList<LimitModel> Limits)
{
    /// <summary>Bodies of up to this many bytes are kept as entries when the endpoint states no bound.</summary>
    public const long ResponseBytesMax = 8L << 20;

    /// <summary>What matches no endpoint: uncached, under the default limit, nobody's but the caller's.</summary>
    public EndpointModel Passthrough(string name, RouteTemplate route) => new()
    {
        Id = $"{Provider}.{name}",
        Name = name,
        Route = route,
        Scope = EndpointScope.Account,
        Cacheable = false,
        Class = Limits.Count > 0 ? Limits[0].Name : name,
        Limits = Limits,
        Cost = CostModel.One,
        Deadline = Deadline,
        CallTimeout = Timeout ?? Deadline,
        Freshness = FreshnessBinder.None,
        Larger = [],
        ContentTypes = [],
        ResponseBytesMax = ResponseBytesMax,
    };

    /// <summary>Unmatched GETs of a provider that is cached as its own headers say.</summary>
    public EndpointModel Origin() => new()
    {
        Id = $"{Provider}.origin",
        Name = "origin",
        Route = RouteParser.Parse("GET /**")!,
        Scope = Scope,
        Cacheable = true,
        Class = Limits.Count > 0 ? Limits[0].Name : "origin",
        Limits = Limits,
        Cost = CostModel.One,
        Deadline = Deadline,
        CallTimeout = Timeout ?? Deadline,
        Freshness = Freshness,
        Larger = [],
        ContentTypes = [],
        ResponseBytesMax = ResponseBytesMax,
    };
}
