using Headgate.Upstreams.Faults;

namespace Headgate.Simulation.Tests;

/// <summary>What seeds of the soak found, each as a short story. The seed at which it was met is named; worlds of seeds change when the soak grows.</summary>
public sealed class FoundBySoakTests
{
    private static readonly Freshness Now = new() { MaxAge = TimeSpan.Zero };
    private static readonly Freshness AnyAge = new() { MaxStale = TimeSpan.MaxValue };

    [Fact] // all 2
    public void An_answer_of_fetched_and_max_stale_items_is_told_as_stale()
    {
        var world = new SmallWorld();
        world.Run(async () =>
        {
            await world.AskAsync(SmallWorld.Desk, "/quote", ["A"]);
            await world.PauseAsync(10);
            var answer = await world.AskAsync(SmallWorld.Desk, "/quote", ["A", "B"], AnyAge);
            answer.Kind.ShouldBe(FetchKind.Stale);
            answer.Forwarded.ShouldBeTrue();
            answer.Age.ShouldBeGreaterThan(TimeSpan.FromSeconds(10));
        });
    }

    [Fact] // all 22
    public void A_stale_answer_keeps_to_the_ceiling_at_the_moment_it_is_given()
    {
        var world = new SmallWorld();
        world.Run(async () =>
        {
            await world.AskAsync(SmallWorld.Desk, "/quote", ["A"]);
            await world.PauseAsync(28);
            world.Network.Fate = _ => SmallWorld.Way(1, 1, NetworkFault.Hang);
            var answer = await world.AskAsync(SmallWorld.Desk, "/quote", ["A"], default, deadline: 4);
            answer.Kind.ShouldBe(FetchKind.Refused);
        });
    }

    [Fact] // all 29
    public void A_max_stale_item_that_would_pass_its_ceiling_meanwhile_is_fetched_with_the_others()
    {
        var world = new SmallWorld();
        world.Run(async () =>
        {
            await world.AskAsync(SmallWorld.Desk, "/quote", ["A"]);
            await world.PauseAsync(28);
            var answer = await world.AskAsync(SmallWorld.Desk, "/quote", ["A", "B"], AnyAge, deadline: 4);
            answer.Kind.ShouldBe(FetchKind.Fetched);
            answer.Age.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        });
    }

    [Fact] // all 7
    public void Only_if_cached_never_forwards_what_is_never_held()
    {
        var world = new SmallWorld();
        world.Run(async () =>
        {
            var answer = await world.AskAsync(SmallWorld.Desk, "/orders", [], new Freshness { OnlyIfCached = true });
            answer.Refusal!.Kind.ShouldBe(RefusalKind.NotCached);
            world.Network.Sent.ShouldBe(0);
        });
    }

    [Fact] // all 12
    public void To_name_an_account_is_not_to_prove_it()
    {
        var world = new SmallWorld();
        world.Run(async () =>
        {
            (await world.AskAsync(SmallWorld.Desk, "/portfolio", [])).Kind.ShouldBe(FetchKind.Fetched);
            (await world.AskAsync(SmallWorld.Late, "/portfolio", [])).Status.ShouldBe(403);
            (await world.AskAsync(SmallWorld.Night, "/portfolio", [])).Kind.ShouldBe(FetchKind.Fetched);
            (await world.AskAsync(SmallWorld.Night, "/portfolio", [])).Kind.ShouldBe(FetchKind.Hit);
        });
    }

    [Fact] // all 3
    public void A_429_whose_body_breaks_off_closes_its_limit_all_the_same()
    {
        var world = new SmallWorld();
        world.Faults.Script("quote", TwinFault.Limited(TimeSpan.FromSeconds(8)));
        world.Network.Fate = _ => SmallWorld.Way(1, 1, NetworkFault.Truncated);
        world.Run(async () =>
        {
            await world.AskAsync(SmallWorld.Desk, "/quote", ["A"], deadline: 2);
            world.Network.Fate = _ => SmallWorld.Way(1, 1);
            var answer = await world.AskAsync(SmallWorld.Desk, "/quote", ["A"], deadline: 2);
            answer.Refusal!.Kind.ShouldBe(RefusalKind.Limited);
            world.Network.Sent.ShouldBe(1);
        });
    }

    [Fact] // budgets 2226
    public void A_fresh_small_shape_does_not_hide_a_newer_large_one()
    {
        var world = new SmallWorld();
        world.Run(async () =>
        {
            await world.AskAsync(SmallWorld.Desk, "/quote/ltp", ["A"]);
            await world.PauseAsync(0.2);
            await world.AskAsync(SmallWorld.Desk, "/quote", ["A"], Now);
            await world.PauseAsync(0.1);
            var answer = await world.AskAsync(SmallWorld.Desk, "/quote/ltp", ["A"]);
            answer.Items[0].Text.ShouldBe("\"A\":{\"seq\":2,\"ltp\":2.80}");
        });
    }

    [Fact] // budgets 866
    public void A_slow_flight_does_not_show_data_older_than_what_is_held_by_now()
    {
        var world = new SmallWorld();
        world.Run(async () =>
        {
            await world.AskAsync(SmallWorld.Desk, "/quote", ["Z"]);
            await world.AskAsync(SmallWorld.Night, "/quote", ["Z"], Now);
            world.Network.Fate = _ => SmallWorld.Way(1, 3000);
            var slow = world.AskAsync(SmallWorld.Desk, "/quote", ["A"]);
            await world.PauseAsync(1);
            world.Network.Fate = _ => SmallWorld.Way(1, 1);
            (await world.AskAsync(SmallWorld.Night, "/quote", ["A"])).Items[0].Text.ShouldContain("\"seq\":4");
            (await slow).Items[0].Text.ShouldContain("\"seq\":4");
        });
    }

    [Fact] // all 3564
    public void A_refusal_names_the_spent_day_and_not_the_breaker_that_is_tried_in_seconds()
    {
        var world = new SmallWorld(daily: 6);
        world.Network.Fate = _ => SmallWorld.Way(1, 1, NetworkFault.ResetAfterArrival);
        world.Run(async () =>
        {
            for (var i = 0; i < 8; i++)
            {
                await world.AskAsync(SmallWorld.Desk, "/quote", ["A"], deadline: 1);
                await world.PauseAsync(6);
            }

            var answer = await world.AskAsync(SmallWorld.Desk, "/quote", ["A"], deadline: 1);
            answer.Refusal!.Kind.ShouldBe(RefusalKind.Limited);
            answer.Refusal.Limit.ShouldBe("soak.daily");
        });
    }

    [Fact] // budgets, from the first day
    public void A_closure_and_the_held_permits_survive_a_kill()
    {
        var world = new SmallWorld();
        world.Faults.Script("quote", TwinFault.Limited(TimeSpan.FromSeconds(20)));
        world.Run(async () =>
        {
            await world.AskAsync(SmallWorld.Desk, "/quote", ["A"], deadline: 2);
            await world.PauseAsync(0.5);
            await world.RestartAsync();
            (await world.AskAsync(SmallWorld.Desk, "/quote", ["A"], deadline: 2)).Refusal!.Kind.ShouldBe(RefusalKind.Limited);
            world.Network.Sent.ShouldBe(1);
            await world.PauseAsync(20);
            (await world.AskAsync(SmallWorld.Desk, "/quote", ["A"], deadline: 2)).Kind.ShouldBe(FetchKind.Fetched);
        });
    }
}
