using Headgate.Catalogue;
using Headgate.Dispatch;
using static Headgate.Tests.History.KiteWorld;

namespace Headgate.Tests.History;

public sealed class ShadowRangeTests
{
    private static readonly string Week = Target("day", "2026-11-09 00:00:00", "2026-11-13 23:59:59");
    private static readonly string TwoWeeks = Target("day", "2026-11-02 00:00:00", "2026-11-13 23:59:59");

    [Fact]
    public void In_shadow_each_range_goes_up_as_it_was_asked_and_what_would_have_been_is_counted()
    {
        var world = new KiteWorld(At("2026-11-20 10:00:00"));
        world.Run(async () =>
        {
            world.Engine.Modes.Set(ModeScope.Gate, GateMode.Shadow);
            Text(await world.Ask(Week)).ShouldBe(world.Direct(Week));
            Hits(world).ShouldBe(0);
            Text(await world.Ask(Week)).ShouldBe(world.Direct(Week));
            Hits(world).ShouldBe(1);
            // Another form of the same series: the gate would have asked for the week that it does not know.
            Text(await world.Ask(TwoWeeks)).ShouldBe(world.Direct(TwoWeeks));
            Hits(world).ShouldBe(1);
            await world.Ask(TwoWeeks);
            Hits(world).ShouldBe(2);
            world.Calls.Select(call => call.Target).ShouldBe([Week, Week, TwoWeeks, TwoWeeks]);
        });
    }

    [Fact]
    public void What_shadow_saw_serves_once_the_gate_is_on()
    {
        var world = new KiteWorld(At("2026-11-20 10:00:00"));
        world.Run(async () =>
        {
            world.Engine.Modes.Set(ModeScope.Gate, GateMode.Shadow);
            await world.Ask(TwoWeeks);
            world.Engine.Modes.Set(ModeScope.Gate, null);
            (await world.Ask(Week)).Kind.ShouldBe(FetchKind.Hit);
            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void The_explanation_tells_how_many_calls_there_would_have_been()
    {
        var world = new KiteWorld(At("2026-11-20 10:00:00"));
        world.Run(async () =>
        {
            world.Engine.Modes.Set(ModeScope.Parse("provider/kite")!.Value, GateMode.Shadow);
            var plain = world.Demand(Week);
            var demand = new Demand { Plan = plain.Plan, Request = plain.Request, Freshness = default, Urgency = plain.Urgency, Client = "bot", RequestId = 7 };
            await world.Engine.FetchAsync(demand, default);
            world.Engine.Explain(demand.RequestId)!.Steps.Select(step => step.Detail).ShouldContain("would have been fetched by 1 call(s)");
        });
    }

    private static long Hits(KiteWorld world) => world.Engine.Stats().Single(stats => stats.Endpoint == "kite.historical").ShadowHits;
}
