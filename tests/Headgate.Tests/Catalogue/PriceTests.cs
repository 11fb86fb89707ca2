using Headgate.Catalogue;

namespace Headgate.Tests.Catalogue;

public sealed class PriceTests
{
    private const string Yaml = """
        provider: x
        baseUrl: http://x.test
        limits: { all: { permits: 1, per: 1s } }
        price: { perCall: 0.0005, monthly: 49, currency: USD }
        endpoints:
          - { name: plain, match: GET /plain, freshness: { ttl: 1s } }
          - { name: dear, match: GET /dear, freshness: { ttl: 1s }, price: 0.01 }
        """;

    [Fact]
    public void A_price_is_kept_to_the_last_digit_and_survives_another_address()
    {
        var catalogue = CatalogueLoader.Load([new CatalogueFile("x.yaml", Yaml)]).WithBaseUrl("x", new Uri("http://y.test"));
        var provider = catalogue.Providers["x"];
        provider.Price.ShouldBe(new PriceModel(0.0005m, 49m, "USD"));
        provider.Endpoints.Single(endpoint => endpoint.Name == "plain").Price.ShouldBeNull();
        provider.Endpoints.Single(endpoint => endpoint.Name == "dear").Price.ShouldBe(0.01m);
    }

    [Theory]
    [InlineData("perCall: 0.0005", "perCall: -1", "x.yaml:4: price.perCall is -1; expected an amount of money such as 0.0005 or 49")]
    [InlineData("currency: USD", "currency: dollars", "x.yaml:4: price.currency is dollars; expected an ISO 4217 code such as USD")]
    [InlineData(", currency: USD", "", "x.yaml:4: price.currency is missing; expected an ISO 4217 code such as USD")]
    public void A_wrong_price_stops_the_start(string right, string wrong, string message) =>
        Should.Throw<CatalogueException>(() => CatalogueLoader.Load([new CatalogueFile("x.yaml", Yaml.Replace(right, wrong, StringComparison.Ordinal))])).Message.ShouldBe(message);
}
