using Headgate.Refresh;
using Headgate.Tests.Engine;
using static Headgate.Tests.Refresh.RefreshWorld;

namespace Headgate.Tests.Refresh;

public sealed class TopUpTests
{
    [Fact]
    public void A_clients_call_with_seats_to_spare_carries_watched_items_that_will_be_due()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Quotes("w", "0:1:0", WatchPriority.Medium, "A", "B"));
            for (var i = 0; i < 20; i++)
            {
                await world.Time.Delay(TimeSpan.FromSeconds(40));
                (await world.Fetch($"/quote?i=C{i}", "own abc")).Kind.ShouldBe(FetchKind.Fetched);
            }

            world.Calls.Count.ShouldBe(21);
            Of(world, "w").Asks.ShouldBe(1);
            world.Calls.Skip(1).ShouldAllBe(call => EngineWorld.ItemsOf(call).Skip(1).SequenceEqual(new[] { "A", "B" }));
        });
    }

    [Fact]
    public void Seats_go_to_whoever_waits_first()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Quotes("w", "0:1:0", WatchPriority.Critical, "A", "B", "D"));
            await world.Time.Delay(TimeSpan.FromSeconds(40));
            var results = await Task.WhenAll(Enumerable.Range(0, 9).Select(i => world.Fetch($"/quote?i=C{i}", "own abc")));
            results.ShouldAllBe(result => result.Kind == FetchKind.Fetched);
            world.Calls.Count.ShouldBe(3);
            EngineWorld.ItemsOf(world.Calls[1]).ShouldBe(["C0", "C1", "C2", "C3", "C4"]);
            EngineWorld.ItemsOf(world.Calls[2]).ShouldBe(["C5", "C6", "C7", "C8", "A"]);
        });
    }

    [Fact]
    public void The_21st_symbol_that_would_cost_38_more_stays_behind()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Whole("d", "/day?" + string.Join('&', Enumerable.Range(0, 15).Select(i => $"i=W{i}")), TimeSpan.FromMinutes(1)));
            await world.Time.Delay(TimeSpan.FromSeconds(40));
            await world.Fetch("/day?" + string.Join('&', Enumerable.Range(0, 18).Select(i => $"i=C{i}")), "own abc");
            EngineWorld.ItemsOf(world.Calls[^1]).Count.ShouldBe(20);
            world.Engine.Budgets().Single(budget => budget.Limit == "test.weight").Used.ShouldBe(4);
            await world.Time.Delay(TimeSpan.FromMinutes(1.5));
            world.Engine.Budgets().Single(budget => budget.Limit == "test.weight").Used.ShouldBeLessThanOrEqualTo(6);
        });
    }

    [Fact]
    public void Twenty_two_symbols_are_two_calls_of_two_and_not_one_of_forty()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Fetch("/day?" + string.Join('&', Enumerable.Range(0, 22).Select(i => $"i=C{i}")), "own abc");
            world.Calls.Select(call => EngineWorld.ItemsOf(call).Count).ShouldBe([20, 2]);
            world.Engine.Budgets().Single(budget => budget.Limit == "test.weight").Used.ShouldBe(4);
        });
    }

    [Fact]
    public void Another_credentials_call_and_an_urgent_one_carry_nothing_of_the_gates()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Quotes("w", "0:1:0", WatchPriority.Medium, "A"));
            await world.Time.Delay(TimeSpan.FromSeconds(40));
            await world.Fetch("/quote?i=C", "bob");
            EngineWorld.ItemsOf(world.Calls[^1]).ShouldBe(["C"]);
            await world.Fetch("/quote?i=C", "own abc", urgency: 0, freshness: new Freshness { MaxAge = TimeSpan.Zero });
            EngineWorld.ItemsOf(world.Calls[^1]).ShouldBe(["C"]);
        });
    }

    [Fact]
    public void What_rides_along_is_not_retried_when_its_call_fails()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Quotes("w", "0:1:0", WatchPriority.Medium, "A"));
            await world.Time.Delay(TimeSpan.FromSeconds(40));
            var echo = world.Upstream;
            var failed = 0;
            world.Upstream = (call, at) => failed++ == 0 ? EngineWorld.Json("{}", 500) : echo(call, at);
            (await world.Fetch("/quote?i=C", "own abc")).Kind.ShouldBe(FetchKind.Fetched);
            EngineWorld.ItemsOf(world.Calls[^2]).ShouldBe(["C", "A"]);
            world.Calls.Count.ShouldBe(3);
            await world.Time.Delay(TimeSpan.FromMinutes(1));
            Of(world, "w").Problem.ShouldBeNull();
        });
    }

    [Fact]
    public void Watches_of_one_endpoint_that_began_apart_come_to_share_their_calls()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Quotes("a", "0:1:0", WatchPriority.Medium, "A"));
            await world.Time.Delay(TimeSpan.FromSeconds(20));
            await world.Engine.Refresh.AddAsync(Quotes("b", "0:1:0", WatchPriority.Medium, "B"));
            await world.Time.Delay(TimeSpan.FromMinutes(20));
            world.Calls.Count.ShouldBeLessThanOrEqualTo(24);
        });
    }

    [Fact]
    public void Items_that_are_asked_for_again_and_again_come_to_share_their_calls()
    {
        var world = New();
        world.Run(async () =>
        {
            // Five items, one every two seconds, ten seconds old at most: one call every ten seconds could do.
            for (var i = 0; i < 300; i++)
            {
                (await world.Fetch($"/quote?i=R{i % 5}", freshness: new Freshness { ProfileTtl = TimeSpan.FromSeconds(10) })).Kind.ShouldBeOneOf(FetchKind.Hit, FetchKind.Fetched);
                await world.Time.Delay(TimeSpan.FromSeconds(2));
            }

            world.Calls.Count.ShouldBeLessThan(75);
            world.Calls.Skip(20).ShouldAllBe(call => EngineWorld.ItemsOf(call).Count >= 4);
        });
    }

    [Fact]
    public void An_item_nobody_has_taken_for_three_times_its_age_is_renewed_no_more()
    {
        var world = New();
        world.Run(async () =>
        {
            var fresh = new Freshness { ProfileTtl = TimeSpan.FromSeconds(10) };
            for (var i = 0; i < 5; i++)
            {
                await world.Fetch("/quote?i=GONE", freshness: fresh);
                await world.Time.Delay(TimeSpan.FromSeconds(11));
            }

            var before = world.Calls.Count;
            for (var i = 0; i < 30; i++)
            {
                await world.Fetch($"/quote?i=N{i}", freshness: fresh);
                await world.Time.Delay(TimeSpan.FromSeconds(11));
            }

            world.Calls.Skip(before).Count(call => EngineWorld.ItemsOf(call).Contains("GONE")).ShouldBe(2);
        });
    }

    [Fact]
    public void What_is_asked_for_seldom_rides_with_nobody()
    {
        var world = New();
        world.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await world.Fetch("/quote?i=SELDOM", freshness: new Freshness { ProfileTtl = TimeSpan.FromSeconds(10) });
                await world.Time.Delay(TimeSpan.FromSeconds(15));
                await world.Fetch($"/quote?i=N{i}");
                EngineWorld.ItemsOf(world.Calls[^1]).ShouldBe([$"N{i}"]);
                await world.Time.Delay(TimeSpan.FromSeconds(15));
            }
        });
    }
}
