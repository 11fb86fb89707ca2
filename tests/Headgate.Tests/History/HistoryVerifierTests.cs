using System.Text;
using Headgate.History;
using Headgate.Upstreams;
using static Headgate.Tests.History.KiteWorld;

namespace Headgate.Tests.History;

public sealed class HistoryVerifierTests
{
    private const string Series = "/instruments/historical/408065/day";

    [Fact]
    public void Restated_rows_are_reported_and_replaced_only_when_asked()
    {
        var world = new KiteWorld(At("2026-01-10 10:00:00"));
        world.Run(async () =>
        {
            var target = Target("day", "2025-12-01 00:00:00", "2025-12-31 00:00:00");
            await world.Ask(target);
            (await Verify(world, replace: false)).ShouldSatisfyAllConditions(
                found => found.Problem.ShouldBeNull(),
                found => found.Calls.ShouldBe(1),
                found => found.Rows.ShouldBe(23),
                found => found.Differences.ShouldBeEmpty());

            var restated = world.Direct(target).Replace("2025-12-02T00:00:00+0530\",", "2025-12-02T00:00:00+0530\",9", StringComparison.Ordinal);
            world.Answer = _ => Headgate.Tests.Engine.EngineWorld.Json(restated);
            (await Verify(world, replace: false)).Differences.ShouldHaveSingleItem().Bar.ShouldBe(At("2025-12-02 00:00:00"));
            (await world.AskExactly(target)).Kind.ShouldBe(FetchKind.Hit);

            (await Verify(world, replace: true)).Replaced.ShouldBeTrue();
            var hit = await world.Ask(target);
            hit.Kind.ShouldBe(FetchKind.Hit);
            Text(hit).ShouldBe(restated);
        });
    }

    [Fact]
    public void What_is_not_stored_is_not_asked_for()
    {
        var world = new KiteWorld(At("2026-01-10 10:00:00"));
        world.Run(async () =>
        {
            (await Verify(world, replace: false)).Problem.ShouldBe("Nothing of that range is stored.");
            (await new HistoryVerifier(world.Engine).VerifyAsync(new HistoryQuestion("kite", "/quote", "2025-12-01", "2025-12-31", false), default)).Problem!.ShouldStartWith("/quote is no series");
            world.Calls.ShouldBeEmpty();
        });
    }

    [Fact]
    public void An_upstreams_error_stops_it_and_changes_nothing()
    {
        var world = new KiteWorld(At("2026-01-10 10:00:00"));
        world.Run(async () =>
        {
            var target = Target("day", "2025-12-01 00:00:00", "2025-12-31 00:00:00");
            await world.Ask(target);
            world.Answer = _ => new TwinReply(500, [], Encoding.UTF8.GetBytes("{}"));
            (await Verify(world, replace: true)).Problem!.ShouldEndWith("the upstream answered 500");
            (await world.AskExactly(target)).Kind.ShouldBe(FetchKind.Hit);
        });
    }

    private static ValueTask<HistoryVerification> Verify(KiteWorld world, bool replace) =>
        new HistoryVerifier(world.Engine).VerifyAsync(new HistoryQuestion("kite", Series, "2025-12-01", "2025-12-31", replace), default);
}
