using Headgate.Refresh;
using Headgate.Tests.Engine;
using static Headgate.Tests.Refresh.RefreshWorld;

namespace Headgate.Tests.Refresh;

public sealed class RefreshBudgetTests
{
    [Fact]
    public void A_plan_the_budget_carries_is_shown_after_batching()
    {
        var world = New();
        world.Run(async () =>
        {
            // A permit comes back a second after the answer, which takes 50 ms at first guess: of 57 a minute four fifths are planned with.
            // 7 items at 5 a call every 30 s are 4 calls a minute; 2 more items each minute ride in the seats left.
            await world.Engine.Refresh.AddAsync(Quotes("a", "0:0:30", WatchPriority.High, [.. Enumerable.Range(0, 7).Select(i => $"A{i}")]));
            await world.Engine.Refresh.AddAsync(Quotes("b", "0:1:0", WatchPriority.Low, "B0", "B1"));
            var plan = world.Engine.Refresh.Plan().Providers.Single();
            plan.CallsPerMinute.ShouldBe(4m);
            plan.Limits.Single().ShouldSatisfyAllConditions(
                limit => limit.Limit.ShouldBe("test.quote"), limit => limit.WantedPerMinute.ShouldBe(4m), limit => limit.CarriedPerMinute.ShouldBe(45.714m), limit => limit.StretchPercent.ShouldBe(100));
            plan.Watches.Select(watch => watch.Interval).ShouldBe([TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1)]);
            await world.Time.Delay(TimeSpan.FromMinutes(10));
            world.Calls.Count.ShouldBeLessThanOrEqualTo(42);
        });
    }

    [Fact]
    public void A_plan_the_budget_cannot_carry_is_stretched_and_says_by_how_much_and_for_which_limit()
    {
        var world = New();
        world.Run(async () =>
        {
            // 20 shares every 5 minutes are 5760 calls a day, of 25 less the reserve and a fifth.
            for (var i = 0; i < 20; i++)
            {
                await world.Engine.Refresh.AddAsync(Whole($"s{i}", $"/scarce/{i}", TimeSpan.FromMinutes(5)));
            }

            var plan = world.Engine.Refresh.Plan().Providers.Single();
            plan.Limits.Single().StretchPercent.ShouldBe(36_000);
            plan.Watches.ShouldAllBe(watch => watch.StretchedFor == "test.daily" && watch.StretchPercent == 36_000 && watch.Interval == TimeSpan.FromHours(30));
            plan.CallsPerMinute.ShouldBeLessThanOrEqualTo(16m / 1440 + 0.001m);
            await world.Time.Delay(TimeSpan.FromHours(19.5));
            world.Calls.Count.ShouldBeLessThanOrEqualTo(20);
        });
    }

    [Fact]
    public void Refreshing_leaves_a_daily_budgets_reserve_and_what_clients_will_need()
    {
        var world = New();
        world.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
            {
                await world.Engine.Refresh.AddAsync(Whole($"s{i}", $"/scarce/{i}", TimeSpan.FromHours(6)));
            }

            // A client spends eight in the first hours; refreshing leaves him some more, and five to the urgent.
            for (var i = 0; i < 8; i++)
            {
                (await world.Fetch($"/scarce/client{i}", "own abc")).Kind.ShouldBe(FetchKind.Fetched);
                await world.Time.Delay(TimeSpan.FromMinutes(10));
            }

            await world.Time.Delay(TimeSpan.FromHours(10));
            world.Calls.Count.ShouldBe(16, "four fifths of what is not reserved");
            for (var i = 0; i < 4; i++)
            {
                (await world.Fetch($"/scarce/late{i}", "own abc")).Kind.ShouldBe(FetchKind.Fetched);
            }

            for (var i = 0; i < 5; i++)
            {
                (await world.Fetch($"/scarce/urgent{i}", "own abc", urgency: 0)).Kind.ShouldBe(FetchKind.Fetched);
            }
        });
    }

    [Fact]
    public void A_client_never_waits_behind_refreshing()
    {
        var world = New();
        world.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                await world.Engine.Refresh.AddAsync(new Watch { Name = $"w{i}", Provider = "test", Target = $"/quote?i=W{i}&v={i}", Interval = TimeSpan.FromSeconds(40), Priority = WatchPriority.Critical });
            }

            for (var i = 0; i < 60; i++)
            {
                var asked = world.Engine.Clock.Now;
                (await world.Fetch($"/quote?i=C{i}", "own abc", urgency: 6)).Kind.ShouldBe(FetchKind.Fetched);
                // One call may be on its way: its permit comes back a window after its answer.
                (world.Engine.Clock.Now - asked).ShouldBeLessThan(TimeSpan.FromSeconds(1.3));
                await world.Time.Delay(TimeSpan.FromMilliseconds(1_100));
            }
        });
    }

    [Fact]
    public void Much_use_by_clients_tightens_the_strategy_within_a_cycle_and_calm_loosens_it_step_by_step()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Whole("t", "/bars/1", TimeSpan.FromMinutes(1)));
            await Spend(world, 50, "a");
            await world.Time.Delay(TimeSpan.FromSeconds(6));
            world.Engine.Refresh.Status().ShouldSatisfyAllConditions(
                status => status.Strategy.ShouldBe(RefreshStrategy.Conservative),
                status => status.Providers.Single().UsageLimit.ShouldBe("test.wide"),
                status => status.Providers.Single().UsagePercent.ShouldBeInRange(81, 90),
                status => status.Watches.Single().Interval.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(2)));
            await Spend(world, 6, "b");
            await world.Time.Delay(TimeSpan.FromSeconds(6));
            world.Engine.Refresh.Status().Strategy.ShouldBe(RefreshStrategy.Minimal);
            await world.Time.Delay(TimeSpan.FromMinutes(4.2));
            world.Engine.Refresh.Status().Strategy.ShouldBe(RefreshStrategy.Conservative);
            await world.Time.Delay(TimeSpan.FromMinutes(3.1));
            world.Engine.Refresh.Status().Strategy.ShouldBe(RefreshStrategy.Normal);
            world.Engine.Refresh.Status().Watches.Single().Interval.ShouldBe(TimeSpan.FromMinutes(1));
        });
    }

    [Fact]
    public void An_upstream_429_forces_MINIMAL_for_its_provider_only()
    {
        var world = New(yaml: Yaml, store: null);
        world.Catalogue = Headgate.Catalogue.CatalogueLoader.Load([new("test.yaml", Yaml), new("other.yaml", Yaml.Replace("provider: test", "provider: other", StringComparison.Ordinal))]);
        world.Run(async () =>
        {
            var echo = world.Upstream;
            await world.Engine.Refresh.AddAsync(Whole("t", "/bars/1", TimeSpan.FromMinutes(1)));
            await world.Engine.Refresh.AddAsync(Whole("o", "/bars/1", TimeSpan.FromMinutes(1)) with { Provider = "other" });
            await world.Time.Delay(TimeSpan.FromSeconds(1));
            world.Upstream = (_, _) => EngineWorld.Json("{}", 429, ("Retry-After", "3"));
            await world.Fetch("/bars/2", "own abc");
            world.Upstream = echo;
            await world.Time.Delay(TimeSpan.FromSeconds(6));
            world.Engine.Refresh.Status().Providers.Select(provider => (provider.Provider, provider.Strategy))
                .ShouldBe([("other", RefreshStrategy.Normal), ("test", RefreshStrategy.Minimal)]);
        });
    }

    [Fact]
    public void Volatility_refreshes_AGGRESSIVELY_for_15_minutes_and_small_changes_do_not()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Whole("t", "/bars/1", TimeSpan.FromMinutes(10), WatchPriority.Critical));
            world.Engine.Refresh.ReportVolatility("test", "AVAX", 10m);
            await world.Time.Delay(TimeSpan.FromSeconds(6));
            world.Engine.Refresh.Status().Strategy.ShouldBe(RefreshStrategy.Normal);
            world.Engine.Refresh.ReportVolatility("test", "AVAX", -10.1m);
            world.Engine.Refresh.Status().Strategy.ShouldBe(RefreshStrategy.Aggressive);
            Of(world, "t").Interval.ShouldBe(TimeSpan.FromMinutes(4));
            await world.Time.Delay(TimeSpan.FromMinutes(15.2));
            world.Engine.Refresh.Status().Strategy.ShouldBe(RefreshStrategy.Normal);
            Of(world, "t").Interval.ShouldBe(TimeSpan.FromMinutes(10));
        });
    }

    [Fact]
    public void A_pin_holds_against_use_and_volatility_and_a_providers_own_goes_first()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Whole("t", "/bars/1", TimeSpan.FromMinutes(10)));
            await world.Engine.Refresh.PinAsync(RefreshStrategy.Aggressive);
            await Spend(world, 58, "a");
            await world.Time.Delay(TimeSpan.FromSeconds(6));
            world.Engine.Refresh.Status().Strategy.ShouldBe(RefreshStrategy.Aggressive);
            await world.Engine.Refresh.PinAsync(RefreshStrategy.Minimal, "test");
            world.Engine.Refresh.Status().ShouldSatisfyAllConditions(
                status => status.Strategy.ShouldBe(RefreshStrategy.Minimal), status => status.Pin.ShouldBe(RefreshStrategy.Aggressive), status => status.Providers.Single().Because.ShouldBe("pinned"));
            await world.Engine.Refresh.PinAsync(null, "test");
            await world.Engine.Refresh.PinAsync(null);
            world.Engine.Refresh.Status().Strategy.ShouldBe(RefreshStrategy.Minimal, "adjusted meanwhile");
        });
    }

    private static async Task Spend(EngineWorld world, int calls, string name)
    {
        for (var i = 0; i < calls; i++)
        {
            (await world.Fetch($"/bars/{name}{i}", "own abc")).Kind.ShouldBe(FetchKind.Fetched);
        }
    }
}
