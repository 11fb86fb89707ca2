using Headgate.Refresh;
using static Headgate.Tests.Refresh.RefreshWorld;

namespace Headgate.Tests.Refresh;

public sealed class ReadPlanTests
{
    [Fact]
    public void An_interval_the_budget_cannot_carry_is_stretched_whatever_the_client_has_spent_already()
    {
        var world = New();
        world.Run(async () =>
        {
            // Ten every 5 minutes are 2,880 a day; four fifths of 25 less the reserve carry 16.
            IReadOnlyList<Watch> reads = [.. Enumerable.Range(0, 10).Select(i => Whole($"r{i}", $"/scarce/{i}", TimeSpan.FromMinutes(5)))];
            var before = world.Engine.Refresh.PlanReads(reads);
            before.Problems.ShouldBeEmpty();
            before.Reads.Values.ShouldAllBe(read => read.StretchedFor == "test.daily" && read.StretchPercent == 18_000 && read.Interval == TimeSpan.FromHours(15));
            for (var i = 0; i < 10; i++)
            {
                await world.Fetch($"/scarce/{i}");
            }

            world.Engine.Refresh.PlanReads(reads).Reads["r3"].ShouldBe(before.Reads["r3"]);
            world.Engine.Refresh.Status().Watches.ShouldBeEmpty();
            world.Calls.Count.ShouldBe(10);
        });
    }

    [Fact]
    public void What_is_watched_already_is_carried_as_well()
    {
        var world = New();
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Whole("same", "/scarce/1", TimeSpan.FromHours(3)));
            var read = world.Engine.Refresh.PlanReads([Whole("same", "/scarce/2", TimeSpan.FromHours(3))]).Reads["same"];
            read.Interval.ShouldBe(TimeSpan.FromHours(3));
            world.Engine.Refresh.PlanReads([Whole("a", "/scarce/2", TimeSpan.FromHours(2))]).Reads["a"].StretchPercent.ShouldBe(125);
        });
    }

    [Fact]
    public void What_cannot_be_asked_is_told_and_the_others_are_planned()
    {
        var world = New(hasSecret: false);
        world.Run(() =>
        {
            var plan = world.Engine.Refresh.PlanReads([Whole("day", "/day?i=A", TimeSpan.FromMinutes(1)), Whole("quote", "/quote?i=A", TimeSpan.FromMinutes(1)), Whole("soon", "/day?i=A", TimeSpan.FromMilliseconds(1))]);
            plan.Reads.Keys.ShouldBe(["day"]);
            plan.Problems["quote"].ShouldContain("TEST_KEY");
            plan.Problems["soon"].ShouldContain("interval");
            return Task.CompletedTask;
        });
    }
}
