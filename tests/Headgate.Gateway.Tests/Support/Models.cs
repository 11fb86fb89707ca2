using System.Collections.Frozen;
using Headgate.Catalogue;

namespace Headgate.Gateway.Tests.Support;

internal static class Models
{
    public static ProviderModel Provider(string name, ErrorDialect? dialect = null, bool injects = false) => new()
    {
        Name = name,
        BaseUrl = new Uri("http://upstream.invalid"),
        Identity = [new IdentityRule(CredentialPlace.Header, "Authorization", null)],
        Inject = injects ? [new InjectionRule("", CredentialPlace.Header, "Authorization", "token {secret}", "TEST_SECRET")] : [],
        Limits = FrozenDictionary<string, LimitModel>.Empty,
        Backoff = BackoffModel.Default,
        Endpoints = [Endpoint(name + ".quote", cacheable: true)],
        Passthrough = Endpoint(name + ".passthrough", cacheable: false),
        Errors = [],
        Dialect = dialect,
    };

    public static ErrorDialect Kite { get; } = new(
        [new("error_type", "\"NetworkException\""), new("message", "\"{message}\""), new("data", "null"), new("status", "\"error\""), new("detail", "1")],
        "{\"status\":\"error\",\"message\":\"{message}\",\"data\":null,\"error_type\":\"NetworkException\",\"retryAt\":{retryAt},\"code\":{status}}",
        "application/json; charset=utf-8");

    private static EndpointModel Endpoint(string id, bool cacheable) => new()
    {
        Id = id,
        Name = id.Split('.')[1],
        Route = new RouteTemplate { Text = "GET /quote", Methods = ["GET"], Segments = ["quote"], Query = [] },
        Scope = EndpointScope.Public,
        Cacheable = cacheable,
        Class = "quote",
        Limits = [],
        Cost = CostModel.One,
        Deadline = TimeSpan.FromSeconds(6.5),
        CallTimeout = TimeSpan.FromSeconds(5),
        Freshness = new FreshnessModel { Kind = FreshnessKind.Fixed, Ttl = TimeSpan.FromSeconds(1), Stale = TimeSpan.FromMinutes(10) },
        Larger = [],
        ContentTypes = [],
        ResponseBytesMax = 1 << 20,
    };
}
