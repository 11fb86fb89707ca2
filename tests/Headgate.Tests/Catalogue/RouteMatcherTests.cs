using Headgate.Catalogue;

namespace Headgate.Tests.Catalogue;

public sealed class RouteMatcherTests
{
    private static readonly ProviderModel Provider = Definitions.WithEndpoints("""
          - { name: root, match: GET / }
          - { name: list, match: GET /items }
          - { name: one, match: 'GET /items/{id}' }
          - { name: special, match: GET /items/special }
          - { name: rest, match: GET /items/** }
          - { name: parts, match: 'GET /items/{id}/parts/{part}' }
          - { name: any-first, match: 'GET /{first}/tail' }
          - { name: overview, match: GET /query?function=OVERVIEW|EARNINGS }
          - { name: function, match: GET /query?function }
          - { name: query, match: GET /query }
          - { name: writes, match: ANY /items/**, cache: never }
          - { name: posts, match: POST /items, cache: never }
        """);

    [Theory]
    [InlineData("GET", "/", "root")]
    [InlineData("GET", "/items", "list")]
    [InlineData("GET", "/items/", "list")]
    [InlineData("GET", "/items?x=1", "list")]
    [InlineData("GET", "/items/5", "one")]
    [InlineData("GET", "/items/special", "special")]
    [InlineData("GET", "/items/speci%61l", "special")]
    [InlineData("GET", "/%69tems/5", "one")]
    [InlineData("GET", "/items/Special", "one")]
    [InlineData("GET", "/items/5/parts/6", "parts")]
    [InlineData("GET", "/items/5/parts", "rest")]
    [InlineData("GET", "/items//parts/6", "rest")]
    [InlineData("GET", "/x/tail", "any-first")]
    [InlineData("GET", "/items/tail", "one")]
    [InlineData("HEAD", "/items/5", "one")]
    [InlineData("POST", "/items", "posts")]
    [InlineData("POST", "/items/5", "writes")]
    [InlineData("DELETE", "/items", "writes")]
    [InlineData("GET", "/query?function=overview&symbol=IBM", "overview")]
    [InlineData("GET", "/query?a=1&function=E%41RNINGS", "overview")]
    [InlineData("GET", "/query?function=OTHER", "function")]
    [InlineData("GET", "/query?functions=OVERVIEW", "query")]
    [InlineData("GET", "/elsewhere", "passthrough")]
    [InlineData("GET", "/ITEMS", "passthrough")]
    [InlineData("GET", "items", "passthrough")]
    [InlineData("GET", "", "passthrough")]
    [InlineData("GET", "*", "passthrough")]
    public void The_most_specific_endpoint_takes_the_request(string method, string target, string endpoint) =>
        Provider.Matcher.Match(method, target).Endpoint.Name.ShouldBe(endpoint);

    [Fact]
    public void Captures_are_the_raw_text_of_their_segments()
    {
        var target = "/items/a%20b/parts/c?id=x";
        var match = Provider.Matcher.Match("GET", target);
        match.TryCapture(target, "id", out var id).ShouldBeTrue();
        id.ToString().ShouldBe("a%20b");
        match.TryCapture(target, "part", out var part).ShouldBeTrue();
        part.ToString().ShouldBe("c");
        match.TryCapture(target, "other", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_rest_takes_paths_of_any_depth() =>
        Provider.Matcher.Match("GET", "/items" + string.Concat(Enumerable.Repeat("/x", 5_000))).Endpoint.Name.ShouldBe("rest");

    [Fact]
    public void Matching_a_literal_route_allocates_nothing()
    {
        Provider.Matcher.Match("GET", "/items?i=1");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Provider.Matcher.Match("GET", "/items?i=1");
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData("/quote?i=NSE:INFY", "quote")]
    [InlineData("/quote/ltp?i=NSE:INFY", "quote-ltp")]
    [InlineData("/quote/ohlc?i=NSE:INFY", "quote-ohlc")]
    [InlineData("/instruments", "instruments")]
    [InlineData("/instruments/NSE", "instruments-exchange")]
    [InlineData("/instruments/historical/408065/minute?from=a&to=b", "historical")]
    [InlineData("/instruments/trigger_range/buy?i=NSE:INFY", "trigger-range")]
    [InlineData("/orders", "orders-read")]
    [InlineData("/orders/1/trades", "orders-read")]
    [InlineData("/portfolio/positions", "positions")]
    [InlineData("/user/margins/equity", "margins-segment")]
    [InlineData("/mf/orders", "passthrough")]
    public void Kite_paths_find_their_endpoints(string target, string endpoint) =>
        Definitions.Kite.Matcher.Match("GET", target).Endpoint.Name.ShouldBe(endpoint);

    [Theory]
    [InlineData("POST", "/orders/regular")]
    [InlineData("PUT", "/orders/regular/1")]
    [InlineData("DELETE", "/orders/regular/1")]
    public void Kite_orders_spend_the_limits_of_orders(string method, string target) =>
        Definitions.Kite.Matcher.Match(method, target).Endpoint.Limits.Select(limit => limit.Name).ShouldBe(["orders", "orders-minute", "orders-day"]);
}
