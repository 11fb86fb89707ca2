using static Headgate.Tests.Engine.EngineWorld;

namespace Headgate.Tests.Engine;

public sealed class ConditionTests
{
    [Fact]
    public void An_endpoint_shut_by_failures_says_until_when_and_is_open_again_after_one_success()
    {
        var world = new EngineWorld { Upstream = (_, _) => Json("{}", 500) };
        world.Run(async () =>
        {
            for (var i = 0; i < 8; i++)
            {
                await world.Fetch($"/bars/{i}");
            }

            var shut = world.Engine.Conditions().Single(condition => condition.Endpoint == "test.bars");
            shut.IsOpen.ShouldBeTrue();
            shut.ShutUntil!.Value.ShouldBeGreaterThan(world.Engine.Clock.Now);
            world.Upstream = world.Echo;
            await world.Time.Delay(shut.ShutUntil.Value - world.Engine.Clock.Now);
            // The clock alone ends the pause; the breaker closes with the probe's success.
            world.Engine.Conditions().Single(condition => condition.Endpoint == "test.bars").ShouldSatisfyAllConditions(now => now.IsOpen.ShouldBeTrue(), now => now.ShutUntil.ShouldBeNull());
            await world.Fetch("/bars/9");
            world.Engine.Conditions().ShouldAllBe(condition => !condition.IsOpen);
        });
    }

    [Fact]
    public void Refusals_are_counted_by_why_and_calls_by_how_long_their_answer_took()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
            {
                await world.Fetch($"/scarce/{i}");
            }

            var stats = world.Engine.Stats().Single(row => row.Endpoint == "test.scarce");
            stats.RefusedBy.ShouldHaveSingleItem().ShouldBe(new KeyValuePair<RefusalKind, long>(RefusalKind.Limited, stats.Refused));
            stats.CallTimes.Count.ShouldBe(stats.Calls);
            stats.CallTimes.Within(0.5m)!.Value.ShouldBeLessThanOrEqualTo(TimeSpan.FromMilliseconds(250));
            stats.CallTimes.Sum.ShouldBeGreaterThan(TimeSpan.Zero);
            stats.QueueTimes.Count.ShouldBe(stats.Calls);
        });
    }
}
