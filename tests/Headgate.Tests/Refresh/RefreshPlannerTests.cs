using Headgate.Catalogue;
using Headgate.Refresh;

namespace Headgate.Tests.Refresh;

public sealed class RefreshPlannerTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("0.0000000000000000000000000001")] // seed 3619 of the soak for limits: what is left of a budget may be next to nothing
    [InlineData("0.001")]
    public void A_plan_that_next_to_nothing_carries_is_stretched_to_the_bound_and_told(string carried)
    {
        var endpoint = CatalogueLoader.Load([new CatalogueFile("test.yaml", Engine.EngineWorld.Yaml)]).Find("test")!.Endpoints.Single(known => known.Name == "quote");
        var load = new WatchLoad(
            new Watch { Name = "w", Provider = "test", Target = "/quote?i=A", Interval = TimeSpan.FromSeconds(1) },
            "test",
            RefreshStrategy.Normal,
            new CallVariant("test.quote", "/quote", "", default),
            endpoint,
            1,
            ["test.quote/1"]);

        var plan = RefreshPlanner.Compute([load], new Dictionary<string, LimitCapacity> { ["test.quote/1"] = new("test.quote", decimal.Parse(carried)) });

        var provider = plan.Providers.Single();
        provider.Watches.Single().StretchPercent.ShouldBe(100_000);
        provider.Watches.Single().StretchedFor.ShouldBe("test.quote");
        provider.Limits.Single().StretchPercent.ShouldBe(100_000);
    }
}
