namespace Headgate.Catalogue;

/// <summary>How the gate signs on by itself.</summary>
public enum AuthKind
{
    /// <summary>OAuth 2 with refresh tokens that are redeemed once; each answer carries the next (Questrade).</summary>
    OAuthRefresh,

    /// <summary>A cookie and a text that belongs to it, which goes with calls as a query parameter (Yahoo).</summary>
    Crumb,
}

/// <summary>The sign-in that the gate owns at a provider. Immutable.</summary>
public sealed record AuthModel
{
    public required AuthKind Kind { get; init; }

    /// <summary>Where tokens are redeemed, or cookies come from: scheme, authority and path prefix.</summary>
    public required Uri Address { get; init; }

    /// <summary>Raw path below <see cref="Address"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Hosts that sign-in may lead to: names, or <c>*.example.com</c> for every host below one. Others are never called.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Name of the first refresh token among the secrets; empty for kinds that need none.</summary>
    public string SecretName { get; init; } = "";

    /// <summary>An access token is used until so long before its expiry; default 5 min.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A refresh token that nobody needs is redeemed this long after the last all the same, because it would lapse; default 12 h.</summary>
    public TimeSpan RefreshEvery { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Path of the crumb at the provider's own address; empty for other kinds.</summary>
    public string CrumbPath { get; init; } = "";

    /// <summary>Query parameter that carries the crumb; a caller's own is taken out. Empty for other kinds.</summary>
    public string CrumbParameter { get; init; } = "";

    /// <summary>Headers of the sign-in's own calls and of the calls that need it, in place of the caller's.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>Names of the endpoints that need it; empty for all.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>What its calls spend and how long they may take.</summary>
    public required EndpointModel Endpoint { get; init; }

    /// <summary>Does a call of this endpoint need it?</summary>
    public bool Covers(EndpointModel endpoint) =>
        !IsLogin(endpoint) && (Endpoints.Count == 0 || Endpoints.Contains(endpoint.Name, StringComparer.Ordinal));

    /// <summary>Is it the sign-in itself, asked for by a client?</summary>
    public bool IsLogin(EndpointModel endpoint) => string.Equals(endpoint.Id, Endpoint.Id, StringComparison.Ordinal);

    /// <summary>May a sign-in lead there? Hosts of the catalogue are reached by https alone; an address set by configuration also as it stands.</summary>
    public bool MayCall(Uri server) =>
        server.UserInfo.Length == 0
        && Hosts.Any(host => host.StartsWith("*.", StringComparison.Ordinal)
            ? server.Host.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase) && IsSafe(server)
            : string.Equals(server.Authority, host, StringComparison.OrdinalIgnoreCase) && (IsSafe(server) || string.Equals(server.Scheme, Address.Scheme, StringComparison.Ordinal)));

    /// <summary>The same sign-in at another address that stands for all of the provider's (an emulation, a proxy).</summary>
    internal AuthModel MovedTo(Uri baseUrl) => this with { Address = baseUrl, Hosts = [baseUrl.Authority] };

    private static bool IsSafe(Uri server) => server is { Scheme: "https", IsDefaultPort: true };
}
