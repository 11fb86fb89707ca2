using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.Refresh;
using Headgate.Simulation;
using Headgate.Tests.Engine;
using static Headgate.Tests.Refresh.RefreshWorld;

namespace Headgate.Tests.Refresh;

public sealed class RefreshTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_watch_is_fetched_at_once_and_then_once_per_interval()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Quotes("bank", "0:0:30", WatchPriority.High, "A", "B"));
            await world.Time.Delay(TimeSpan.FromSeconds(1));
            world.Calls.Count.ShouldBe(1);
            world.Calls[0].Headers.ShouldContain(header => header.Is("Authorization") && header.Value == "own abc");
            await world.Time.Delay(TimeSpan.FromMinutes(10));
            world.Calls.Count.ShouldBeInRange(20, 21);
            world.Calls.ShouldAllBe(call => EngineWorld.ItemsOf(call).Count == 2);
        });
    }

    [Fact]
    public void What_a_client_fetched_meanwhile_counts()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Quotes("a", "0:1:0", WatchPriority.Medium, "A"));
            for (var i = 0; i < 30; i++)
            {
                await world.Time.Delay(TimeSpan.FromSeconds(20));
                await world.Fetch("/quote?i=A");
            }

            world.Calls.Count.ShouldBe(31);
            Of(world, "a").Asks.ShouldBe(1);
            Of(world, "a").Covered.ShouldBeGreaterThan(9);
        });
    }

    [Fact]
    public void A_client_that_asks_for_a_watched_item_within_its_interval_is_answered_from_memory()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Whole("t", "/bars/1"));
            await world.Time.Delay(TimeSpan.FromHours(1));
            var calls = world.Calls.Count;
            // No interval is stated, the ttl of two minutes is shorter than the priority's twenty, and the budget carries it.
            calls.ShouldBeInRange(29, 31);
            var served = world.Demand("/bars/1", "own abc");
            world.Engine.TryFetch(served, out var hit).ShouldBeTrue();
            hit.Age.ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(2.1));
            world.Engine.Stats().Single().Demands.ShouldBe(1, "refreshing is no client's demand");
        });
    }

    [Fact]
    public void Due_watches_go_by_priority_and_then_by_deadline()
    {
        var world = New();
        world.Run(async () =>
        {
            // One call a second: whoever is due waits for the permit, and the most urgent goes next.
            await world.Fetch("/quote?i=first", "own abc");
            foreach (var (name, priority) in new[] { ("low", WatchPriority.Low), ("medium", WatchPriority.Medium), ("critical", WatchPriority.Critical), ("high", WatchPriority.High) })
            {
                await world.Engine.Refresh.AddAsync(new Watch { Name = name, Provider = "test", Target = $"/quote?i={name}&v={name}", Priority = priority, Interval = TimeSpan.FromHours(1) });
            }

            await world.Time.Delay(TimeSpan.FromSeconds(10));
            world.Calls.Skip(1).SelectMany(EngineWorld.ItemsOf).ShouldBe(["critical", "high", "medium", "low"]);
        });
    }

    [Fact]
    public void A_failing_upstream_is_asked_less_and_less_and_the_status_says_why()
    {
        var world = New((_, _) => EngineWorld.Json("{}", 500));
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Whole("t", "/bars/1", Minute));
            await world.Time.Delay(TimeSpan.FromMinutes(10));
            world.Calls.Count.ShouldBeLessThan(45);
            var status = Of(world, "t");
            status.Problem.ShouldNotBeNull();
            status.Failures.ShouldBe(status.Asks);
            world.Upstream = (_, _) => EngineWorld.Json("{}");
            await world.Time.Delay(TimeSpan.FromMinutes(2));
            Of(world, "t").Problem.ShouldBeNull();
        });
    }

    [Fact]
    public void An_item_that_the_upstream_does_not_know_is_asked_for_once_per_interval()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Quotes("x", "0:1:0", WatchPriority.Medium, "X1"));
            await world.Time.Delay(TimeSpan.FromMinutes(9.5));
            world.Calls.Count.ShouldBe(10);
        });
    }

    [Fact]
    public void A_watch_wider_than_a_call_takes_one_call_after_the_other_as_the_limit_allows()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Quotes("wide", "0:10:0", WatchPriority.Medium, [.. Enumerable.Range(0, 23).Select(i => $"S{i}")]));
            await world.Time.Delay(TimeSpan.FromMinutes(9));
            world.Calls.Select(call => EngineWorld.ItemsOf(call).Count).ShouldBe([5, 5, 5, 5, 3]);
            world.Calls.SelectMany(EngineWorld.ItemsOf).Distinct().Count().ShouldBe(23);
        });
    }

    [Fact]
    public void Removing_ends_it_and_an_interval_can_be_changed_while_it_runs()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Quotes("a", "1:0:0", WatchPriority.Medium, "A"));
            await world.Time.Delay(Minute);
            (await world.Engine.Refresh.SetIntervalAsync("a", Minute)).ShouldBeTrue();
            (await world.Engine.Refresh.SetIntervalAsync("b", Minute)).ShouldBeFalse();
            await world.Time.Delay(TimeSpan.FromMinutes(9.5));
            world.Calls.Count.ShouldBe(11);
            (await world.Engine.Refresh.RemoveAsync("a")).ShouldBeTrue();
            (await world.Engine.Refresh.RemoveAsync("a")).ShouldBeFalse();
            await world.Time.Delay(TimeSpan.FromHours(1));
            world.Calls.Count.ShouldBe(11);
        });
    }

    [Fact]
    public void Watches_and_pins_survive_a_restart_and_what_is_held_is_not_fetched_again()
    {
        var world = New(store: new MemoryWatchStore());
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Quotes("a", "0:10:0", WatchPriority.Critical, "A", "B"));
            await world.Engine.Refresh.PinAsync(RefreshStrategy.Conservative, "test");
            await world.Time.Delay(Minute);
            await world.Engine.DisposeAsync();
            await world.StartAsync();
            await world.Time.Delay(Minute);
            world.Calls.Count.ShouldBe(1);
            var status = world.Engine.Refresh.Status();
            status.Watches.Single().Watch.ShouldBe(Quotes("a", "0:10:0", WatchPriority.Critical, "A", "B"));
            status.Providers.Single().ShouldSatisfyAllConditions(
                provider => provider.Strategy.ShouldBe(RefreshStrategy.Conservative), provider => provider.Pin.ShouldBe(RefreshStrategy.Conservative));
            await world.Time.Delay(TimeSpan.FromMinutes(17));
            world.Calls.Count.ShouldBe(1, "twice ten minutes");
            await world.Time.Delay(TimeSpan.FromMinutes(3));
            world.Calls.Count.ShouldBe(2);
        });
    }

    [Fact]
    public void A_watch_that_cannot_be_made_durable_is_not_kept()
    {
        var store = new MemoryWatchStore { IsHealthy = false };
        var world = New(store: store);
        world.Run(async () =>
        {
            await Thrown<IOException>(() => world.Engine.Refresh.AddAsync(Quotes("a", "0:1:0", WatchPriority.Medium, "A")));
            world.Engine.Refresh.Status().Watches.ShouldBeEmpty();
        });
    }

    [Theory]
    [InlineData("nobody", "/x", "There is no provider nobody")]
    [InlineData("test", "/orders/1", "never held")]
    [InlineData("test", "quote?i=A", "begin with a slash")]
    [InlineData("test", "/bars/1?api_key=123", "holds a credential")]
    public void What_cannot_be_watched_is_refused_with_the_reason(string provider, string target, string because)
    {
        var world = New();
        world.Run(async () =>
        {
            var refused = await Thrown<WatchException>(() => world.Engine.Refresh.AddAsync(new Watch { Name = "w", Provider = provider, Target = target }));
            refused.Message.ShouldContain(because);
            refused.Message.ShouldNotContain("123");
        });
    }

    [Fact]
    public void Without_a_secret_of_the_gates_own_only_public_endpoints_can_be_watched()
    {
        var world = New(hasSecret: false);
        world.Run(async () =>
        {
            (await Thrown<WatchException>(() => world.Engine.Refresh.AddAsync(Whole("t", "/bars/1")))).Message.ShouldContain("TEST_KEY");
            await world.Engine.Refresh.AddAsync(Whole("d", "/day?i=A", Minute));
            await world.Time.Delay(TimeSpan.FromSeconds(1));
            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void Nothing_is_refreshed_under_another_mode_than_on()
    {
        var world = New();
        world.Run(async () =>
        {
            world.Engine.Modes.Set(ModeScope.Gate, GateMode.Bypass);
            await world.Engine.Refresh.AddAsync(Whole("t", "/bars/1", Minute));
            await world.Time.Delay(TimeSpan.FromMinutes(5));
            world.Calls.ShouldBeEmpty();
            Of(world, "t").Problem!.ShouldContain("mode");
            world.Engine.Modes.Set(ModeScope.Gate, null);
            await world.Time.Delay(TimeSpan.FromSeconds(10));
            world.Calls.Count.ShouldBe(1);
        });
    }
}
