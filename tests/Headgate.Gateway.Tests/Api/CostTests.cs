using System.Text.Json;
using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests.Api;

public sealed class CostTests
{
    private const string Definition = """
        provider: shop
        baseUrl: BASE
        limits: { all: { permits: 100, per: 1s } }
        price: { perCall: 0.01, perCredit: 0.5, monthly: 20, currency: EUR }
        endpoints:
          - { name: item, match: 'GET /item/{id}', credits: 3, freshness: { ttl: 60s } }
        """;

    [Theory]
    [InlineData("/api/v1/gate/stats")]
    [InlineData("/api/v1/gate/savings?days=1")]
    public async Task Credits_cost_and_fee_are_told_beside_what_direct_calls_would_have_cost(string path)
    {
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Reply("{}", "Content-Type: application/json\r\n"), isOperated: true);
        await gate.Get("/shop/item/1");
        await gate.Get("/shop/item/1");
        var answer = JsonDocument.Parse((await gate.Get(path)).Body).RootElement;
        var cost = answer.GetProperty("costs").EnumerateArray().ShouldHaveSingleItem();
        cost.GetProperty("provider").GetString().ShouldBe("shop");
        cost.GetProperty("currency").GetString().ShouldBe("EUR");
        cost.GetProperty("credits").GetInt64().ShouldBe(3);
        cost.GetProperty("direct").GetDecimal().ShouldBe(3.02m);
        cost.GetProperty("monthly").GetDecimal().ShouldBe(20m);
        if (path.EndsWith("stats", StringComparison.Ordinal))
        {
            // Calls of the savings come from the ledger, which this gate's is none of.
            cost.GetProperty("cost").GetDecimal().ShouldBe(1.51m);
            cost.GetProperty("saved").GetDecimal().ShouldBe(1.51m);
        }
    }
}
