using Headgate.Catalogue;

namespace Headgate.Gateway.Api;

/// <summary>A provider as the API tells it; no secret and nothing that may hold one.</summary>
internal sealed record ProviderView(
    string Name, string Upstream, string? Market, GateMode Mode, bool InjectsSecret, IReadOnlyList<LimitView> Limits, IReadOnlyList<EndpointView> Endpoints)
{
    public static ProviderView Of(ProviderModel provider) => new(
        provider.Name,
        // A base URL in the configuration may hold a key in its path; only where it points is told.
        provider.BaseUrl.GetLeftPart(UriPartial.Authority),
        provider.Market,
        provider.Mode,
        provider.Inject.Count > 0 || provider.Auth is { Kind: AuthKind.OAuthRefresh },
        [.. provider.Limits.Values.OrderBy(limit => limit.Id, StringComparer.Ordinal).Select(limit => new LimitView(limit.Id, limit.Kind, limit.Permits, limit.Window, limit.Scope))],
        [.. provider.Endpoints.Select(EndpointView.Of)]);
}

internal sealed record LimitView(string Id, LimitKind Kind, long Permits, TimeSpan Window, LimitScope Scope);

internal sealed record EndpointView(
    string Id,
    string Match,
    EndpointScope Scope,
    bool Cacheable,
    IReadOnlyList<string> Limits,
    int? BatchMax,
    FreshnessKind Freshness,
    TimeSpan Ttl,
    TimeSpan Stale,
    TimeSpan Deadline)
{
    public static EndpointView Of(EndpointModel endpoint) => new(
        endpoint.Id,
        endpoint.Route.Text,
        endpoint.Scope,
        endpoint.Cacheable,
        [.. endpoint.Limits.Select(limit => limit.Id)],
        endpoint.Batch?.Max,
        endpoint.Freshness.Kind,
        endpoint.Freshness.Ttl,
        endpoint.Freshness.Stale,
        endpoint.Deadline);
}
