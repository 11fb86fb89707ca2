using Headgate.Upstream;

namespace Headgate.Tests.Engine;

public sealed class ProbeTests
{
    // Seed 4089 of the soak: the probe carried one call's items, and what did not fit was thought to be starved.
    [Fact]
    public void An_ask_of_more_items_than_the_probe_carries_is_told_at_once_to_come_back_and_is_served_then()
    {
        var isAway = true;
        EngineWorld world = null!;
        world = new EngineWorld((call, at) => isAway ? EngineWorld.Json("{}", 503) : world.Echo(call, at), EngineWorld.Yaml.Replace("max: 500", "max: 2", StringComparison.Ordinal));
        world.Run(async () =>
        {
            for (var i = 0; i < 6; i++)
            {
                (await world.Fetch("/quote?i=A", deadline: TimeSpan.FromSeconds(2))).Return();
                await world.Time.Delay(TimeSpan.FromSeconds(1));
            }

            isAway = false;
            await world.Time.Delay(TimeSpan.FromSeconds(31));
            var asked = world.Engine.Clock.Now;
            var first = await world.Fetch("/quote?i=A&i=B&i=C");
            (world.Engine.Clock.Now - asked).ShouldBeLessThan(TimeSpan.FromSeconds(1));
            first.Refusal!.Kind.ShouldBe(RefusalKind.BreakerOpen);

            await world.Time.Delay(TimeSpan.FromSeconds(2));
            var second = await world.Fetch("/quote?i=A&i=B&i=C");
            second.Kind.ShouldBe(FetchKind.Fetched);
            second.Count.ShouldBe(3);
            second.Return();
        });
    }
}
