using System.Security.Cryptography;
using System.Text;
using Headgate.Catalogue;

namespace Headgate.Tests.Catalogue;

/// <summary>Definitions and requests that the tests of this folder share.</summary>
internal static class Definitions
{
    /// <summary>The sketch of the design, to the letter.</summary>
    public const string Sketch = """
        provider: kite
        baseUrl: https://api.kite.trade
        market: XNSE                         # calendar for session-aware freshness
        identity:                            # three identities, each by header, query, path capture or JWT claim
          from: header Authorization
          pattern: 'token (?<limitKey>[^:]+):(?<credential>.+)'   # account defaults to limitKey here
        limits:
          quote:      { permits: 1, per: 1s, scope: limitKey }
          historical: { permits: 3, per: 1s, scope: limitKey }
        backoff: { base: 2, max: 60s }
        endpoints:
          - name: quote
            match: GET /quote
            scope: entitled
            limits: [quote]
            deadline: 6.5s                   # the SDK gives up after 7 s; bounds wait and call together
            batch: { parameter: i, style: repeated, max: 500, urlMax: 14KB, items: $.data, missing: omit }
            answers:                         # smaller shapes, by projection of the stored bytes
              quote-ohlc: [instrument_token, last_price, ohlc]
              quote-ltp:  [instrument_token, last_price]
            freshness: { ttl: 1s, stale: 10m, closed: untilNextOpen }
          - name: historical
            match: GET /instruments/historical/{token}/{interval}
            limits: [historical]
            deadline: 6.5s
            range: { from: from, to: to, rows: $.data.candles, time: 0, maxSpan: { day: 2000d, minute: 60d } }
            freshness: { ttl: untilBarCloses, past: immutable }
          - name: orders
            match: ANY /orders/**
            cache: never
        errors:
          - { status: 429, as: limited }
          - { status: 403, json: { error_type: TokenException }, as: unauthorized }
        """;

    public static ProviderModel Kite { get; } = CatalogueLoader.LoadShipped().Find("kite")!;

    public static ProviderModel Coinbase { get; } = CatalogueLoader.LoadShipped().Find("coinbase")!;

    public static ICredentialHasher Hasher { get; } = new TestHasher();

    /// <summary>One provider from YAML.</summary>
    public static ProviderModel Load(string yaml) => CatalogueLoader.Load([new CatalogueFile("test.yaml", yaml)]).Providers.Values.Single();

    /// <summary>A provider with one limit and the given endpoints (YAML list elements).</summary>
    public static ProviderModel WithEndpoints(string endpoints, string more = "") => Load($$"""
        provider: test
        baseUrl: https://api.test/v2
        limits: { all: { permits: 5, per: 1s } }
        {{more}}
        endpoints:
        {{endpoints}}
        """);

    /// <summary>Every error of a definition, as texts.</summary>
    public static IReadOnlyList<string> Errors(string yaml, string file = "test.yaml") =>
        [.. Should.Throw<CatalogueException>(() => CatalogueLoader.Load([new CatalogueFile(file, yaml)])).Errors.Select(error => error.ToString())];

    public static ClientRequest Get(string target, params (string Name, string Value)[] headers) => Request("GET", target, headers);

    public static ClientRequest Request(string method, string target, params (string Name, string Value)[] headers) => new()
    {
        Method = method,
        Target = target,
        Headers = [.. headers.Select(header => new HeaderField(header.Name, header.Value))],
    };

    public static RequestPlan Plan(ProviderModel provider, ClientRequest request, ISecretSource? secrets = null) =>
        RequestPlanner.Plan(provider, request, Hasher, secrets);

    private sealed class TestHasher : ICredentialHasher
    {
        public IdentityHash Hash(ReadOnlySpan<char> value)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(value.ToString()));
            return new IdentityHash(BitConverter.ToUInt64(hash, 0), BitConverter.ToUInt64(hash, 8));
        }
    }
}

/// <summary>Secrets from a list.</summary>
internal sealed class TestSecrets(params (string Name, string Value)[] secrets) : ISecretSource
{
    public string? Find(string name) => secrets.FirstOrDefault(secret => secret.Name == name).Value;
}
