using Headgate.Catalogue;
using Headgate.Tests.Engine;

namespace Headgate.Tests.Providers;

/// <summary>Other names of one item, and refusals that hold for a while.</summary>
public sealed class NamesAndPlansTests
{
    [Fact]
    public void Pairs_asked_by_their_other_names_are_one_item_and_travel_in_one_call() => Run("kraken", async (world, _) =>
    {
        var seen = await Task.WhenAll(Ticker(world, "XBTUSD"), Ticker(world, "BTC%2FUSD"), Ticker(world, "xxbtzusd"), Ticker(world, "ETHUSD"), Ticker(world, "XBTUSD,ETHUSD"));
        world.Arrivals.ShouldBe(1);
        seen[0].Body.ShouldContain("XXBTZUSD");
        seen[1].Body.ShouldBe(seen[0].Body);
        seen[2].Body.ShouldBe(seen[0].Body);
        seen[4].Body.ShouldContain("XXBTZUSD");
        seen[4].Body.ShouldContain("XETHZUSD");
    });

    [Fact]
    public void A_pair_that_is_answered_under_an_unlisted_name_is_asked_alone_once_and_then_merged() => Run("kraken", async (world, _) =>
    {
        var seen = await Task.WhenAll(Ticker(world, "ABCUSD"), Ticker(world, "ETHUSD"));
        seen[0].Body.ShouldContain("XABCZUSD");
        seen[1].Body.ShouldNotContain("XABCZUSD");
        world.Arrivals.ShouldBe(2);
        await Task.Delay(TimeSpan.FromSeconds(5), world.Time);
        (await Task.WhenAll(Ticker(world, "ABCUSD"), Ticker(world, "ETHUSD")))[0].Body.ShouldContain("XABCZUSD");
        world.Arrivals.ShouldBe(3);
    });

    [Fact]
    public void One_unknown_pair_is_remembered_and_fails_nobody_elses_call() => Run("kraken", async (world, _) =>
    {
        var seen = await Task.WhenAll(Ticker(world, "NOTHING"), Ticker(world, "XBTUSD"));
        seen[0].Body.ShouldContain("EQuery:Unknown asset pair");
        seen[1].Body.ShouldContain("XXBTZUSD");
        var arrivals = world.Arrivals;
        (await Ticker(world, "NOTHING")).Body.ShouldBe(seen[0].Body);
        (await Ticker(world, "NOTHING,XBTUSD")).Body.ShouldBe(seen[0].Body, "the upstream would fail the whole call");
        world.Arrivals.ShouldBe(arrivals);
    });

    [Fact]
    public void A_premium_answer_holds_for_the_function_and_the_key_and_for_nothing_else() => Run("alphavantage", async (world, _) =>
    {
        const string Premium = "/query?function=TIME_SERIES_DAILY_ADJUSTED&symbol=";
        var first = await world.Get(Premium + "AAPL");
        first.Body.ShouldContain("premium endpoint");
        await Task.Delay(TimeSpan.FromSeconds(2), world.Time);
        var again = await world.Get(Premium + "MSFT");
        (again.Status, again.Body).ShouldBe((first.Status, first.Body));
        world.Arrivals.ShouldBe(1);

        (await world.Get("/query?function=TIME_SERIES_DAILY&symbol=AAPL")).Body.ShouldContain("Meta Data");
        await Task.Delay(TimeSpan.FromSeconds(2), world.Time);
        await world.Get(Premium + "AAPL", key: "another");
        world.Arrivals.ShouldBe(3);
        await Task.Delay(TimeSpan.FromSeconds(2), world.Time);
        await world.Get(Premium + "AAPL", freshness: new Freshness { MaxAge = TimeSpan.Zero });
        world.Arrivals.ShouldBe(4, "no-cache asks");
        await Task.Delay(TimeSpan.FromHours(7), world.Time);
        await world.Get(Premium + "AAPL");
        world.Arrivals.ShouldBe(5, "it holds for a while only");
    });

    [Fact]
    public void A_lone_unknown_symbol_is_remembered_and_stands_in_its_place_among_others() => Run("twelvedata", async (world, _) =>
    {
        await world.Get("/price?symbol=MSFT");
        var alone = await world.Get("/price?symbol=NOTHING");
        alone.Status.ShouldBe(404);
        (await world.Get("/price?symbol=NOTHING")).ShouldBe(alone with { Kind = FetchKind.Hit, Reason = null });
        world.Arrivals.ShouldBe(2);
        var many = await world.Get("/price?symbol=AAPL,NOTHING");
        many.Body.ShouldStartWith("{\"AAPL\":{\"price\":");
        many.Body.ShouldContain($"\"NOTHING\":{alone.Body}");
    });

    [Fact]
    public void Only_a_plans_refusal_can_be_remembered() =>
        Should.Throw<CatalogueException>(() => CatalogueLoader.Load([new CatalogueFile("x.yaml", "provider: x\nbaseUrl: https://x.test\nerrors:\n  - { status: 402, as: permanent, remember: { for: 1h } }\n")]))
            .Errors.ShouldHaveSingleItem().ToString().ShouldContain("x.yaml:4");

    private static Task<Seen> Ticker(ProviderWorld world, string pair) => world.Get($"/0/public/Ticker?pair={pair}");

    private static void Run(string name, Func<ProviderWorld, ProviderCase, Task> test)
    {
        var provider = ProviderCase.All.Single(candidate => candidate.Name == name);
        new ProviderWorld(provider).Run(world => test(world, provider));
    }
}
