using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.Reports;

namespace Headgate.Tests.Engine;

public sealed class CreditTests
{
    private const string Yaml = """
        provider: test
        baseUrl: http://upstream.test
        identity: { from: header Authorization }
        limits:
          second: { permits: 2, per: 1s, scope: limitKey }
          credits: { permits: 40, per: 1 day in Etc/UTC at 00:00, scope: limitKey, counts: credits }
        price: { perCall: 0.001, perCredit: 0.02, monthly: 29, currency: USD }
        deadline: 6s
        endpoints:
          - name: quote
            match: GET /quote
            credits: { permits: 2, perItem: 1 }
            batch: { parameter: i, style: repeated, max: 10, items: $.data, missing: omit, missingTtl: 10s }
            freshness: { ttl: 1s, stale: 10m }
          - { name: bars, match: 'GET /bars/{token}', credits: 15, freshness: { ttl: 60s, stale: 1h } }
          - { name: free, match: GET /free, credits: 0, price: 0, freshness: { ttl: 0 } }
        """;

    [Fact]
    public void Calls_spend_one_permit_of_a_limit_on_calls_and_their_credits_of_a_limit_on_credits()
    {
        var world = new EngineWorld(yaml: Yaml);
        world.Run(async () =>
        {
            await world.Fetch("/quote?i=A&i=B&i=C");
            Used(world, "test.second").ShouldBe(1);
            Used(world, "test.credits").ShouldBe(5);
            await world.Fetch("/bars/1");
            Used(world, "test.credits").ShouldBe(20);
            await world.Fetch("/free");
            Used(world, "test.credits").ShouldBe(20);
        });
    }

    [Fact]
    public void Credits_that_are_spent_refuse_what_costs_any_until_the_reset_and_nothing_else()
    {
        var world = new EngineWorld(yaml: Yaml);
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            await world.Fetch("/bars/2");
            // 10 of 40 are left: too few for bars, enough for a quote of eight.
            var refused = await world.Fetch("/bars/3");
            refused.Refusal!.Limit.ShouldBe("test.credits");
            refused.Refusal.RetryAt!.Value.ToUtc().Date.ShouldBe(new DateTime(2026, 11, 21));
            (await world.Fetch("/quote?i=A&i=B&i=C&i=D&i=E&i=F&i=G&i=H")).Kind.ShouldBe(FetchKind.Fetched);
            (await world.Fetch("/quote?i=Z")).Refusal!.Status.ShouldBe(429);
            (await world.Fetch("/free")).Kind.ShouldBe(FetchKind.Fetched);
            Used(world, "test.credits").ShouldBe(40);
            await world.Time.Delay(refused.Refusal.RetryAt.Value - world.Engine.Clock.Now);
            (await world.Fetch("/bars/3")).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void A_request_that_passes_through_whole_spends_the_credits_of_all_its_items()
    {
        var world = new EngineWorld(yaml: Yaml);
        world.Run(async () =>
        {
            world.Engine.Modes.Set(ModeScope.Gate, GateMode.Bypass);
            await world.Fetch("/quote?i=A&i=B&i=C&i=D");
            Used(world, "test.credits").ShouldBe(6);
        });
    }

    [Fact]
    public void Spent_credits_survive_a_restart()
    {
        var world = new EngineWorld(yaml: Yaml);
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            await world.Fetch("/bars/2");
            await world.Engine.DisposeAsync();
            await world.StartAsync();
            (await world.Fetch("/bars/3")).Refusal!.Limit.ShouldBe("test.credits");
        });
    }

    [Fact]
    public void Money_is_told_per_provider_beside_what_the_clients_own_calls_would_have_cost()
    {
        var world = new EngineWorld(yaml: Yaml);
        world.Run(async () =>
        {
            await Task.WhenAll(world.Fetch("/quote?i=A&i=B"), world.Fetch("/quote?i=B&i=C")); // one call of three items
            await world.Fetch("/quote?i=A");
            await world.Fetch("/free");
            var cost = ProviderCost.Of(world.Catalogue, world.Engine.Stats()).ShouldHaveSingleItem();
            // Gate: 1 × 0.001 + 5 × 0.02; direct: 3 × 0.001 + (4 + 4 + 3) × 0.02. What is free costs nothing either way.
            cost.ShouldBe(new ProviderCost("test", "USD", 5, 0.101m, 0.223m, 29m));
            cost.Saved.ShouldBe(0.122m);
        });
    }

    [Theory]
    [InlineData("credits: 15", "credits: 41", "test.yaml:15: endpoints.bars.credits is 41 for one item; expected at most the 40 permits of credits")]
    [InlineData("counts: credits", "counts: money", "test.yaml:6: limits.credits.counts is money; expected one of calls, credits")]
    public void A_wrong_credit_stops_the_start(string right, string wrong, string message) =>
        Should.Throw<CatalogueException>(() => CatalogueLoader.Load([new CatalogueFile("test.yaml", Yaml.Replace(right, wrong, StringComparison.Ordinal))])).Message.ShouldBe(message);

    [Fact]
    public void A_fractional_rate_is_kept_through_the_engine_without_a_larger_burst()
    {
        var world = new EngineWorld(yaml: Yaml.Replace("permits: 2, per: 1s", "permits: 0.4/s", StringComparison.Ordinal).Replace("permits: 40", "permits: 4000", StringComparison.Ordinal));
        world.Run(async () =>
        {
            List<DateTimeOffset> arrivals = [];
            world.Upstream = (call, at) =>
            {
                arrivals.Add(at);
                return world.Echo(call, at);
            };
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.Fetch($"/bars/{i}", deadline: TimeSpan.FromMinutes(2))));
            arrivals.Count.ShouldBe(20);
            arrivals.Zip(arrivals.Skip(1), (earlier, later) => later - earlier).ShouldAllBe(gap => gap >= TimeSpan.FromSeconds(2.5));
        });
    }

    private static long Used(EngineWorld world, string limit) => world.Engine.Budgets().Single(budget => budget.Limit == limit).Used;
}
