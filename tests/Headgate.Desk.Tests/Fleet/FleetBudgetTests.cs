using Headgate.Catalogue;
using Headgate.Desk.Days;
using Headgate.Desk.Fleet;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Fleet;

public sealed class FleetBudgetTests
{
    private static readonly TimeSpan Hours = TimeSpan.FromHours(6);

    [Fact]
    public void Twenty_five_bots_batched_cost_sixty_reads_an_hour_at_most()
    {
        var world = Lived(new FleetWorld());

        world.Options.Pairs.Count.ShouldBe(25);
        (world.Reads / Hours.TotalHours).ShouldBeLessThanOrEqualTo(60, Counts(world));
        world.Twin.Counters.Violations.ShouldBe(0);
        world.Decisions.Count.ShouldBeGreaterThan(0);
        world.Twin.Orders.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Twenty_five_bots_one_product_at_a_time_cost_640_reads_an_hour_at_most()
    {
        var world = Lived(new FleetWorld(new FleetOptions { Style = FleetStyle.SingleProduct }));

        (world.Reads / Hours.TotalHours).ShouldBeLessThanOrEqualTo(640, Counts(world));
        world.Twin.Counters.Violations.ShouldBe(0);
        world.Decisions.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_batched_day_finds_every_decision_of_the_ideal_within_the_limits()
    {
        var report = FleetDayRun.Run(new FleetDay(FleetWorld.Start, Hours), TimeProvider.System, new FleetDayOptions(new CatalogueSource([]).Load()));

        report.Alerts.Ideal.ShouldBeGreaterThan(0);
        report.Alerts.Missing.ShouldBe(0, string.Join('\n', report.Alerts.MissingItems));
        report.Alerts.Extra.ShouldBe(0, string.Join('\n', report.Alerts.ExtraItems));
        report.Gate.Violations.ShouldBe(0);
        report.Gate.StaleServed.ShouldBe(0);
        report.Gate.Refused.ShouldBe(0);

        // Orders and their look-ups are calls that nothing can spare.
        report.Ratio.ShouldBeLessThanOrEqualTo(1.05m);
        report.LowerBoundKinds.Writes.ShouldBe(report.Gate.CallsByEndpoint["coinbase-advanced.order-place"]);
        report.LowerBoundKinds.Unkept.ShouldBe(report.Gate.CallsByEndpoint["coinbase-advanced.orders"]);
        report.Gate.Kinds.ShouldBe(report.LowerBoundKinds with { Reads = report.Gate.Kinds.Reads });
        report.Gate.Kinds.Total.ShouldBe(report.Gate.Calls);
        report.LowerBoundKinds.Total.ShouldBe(report.LowerBound);

        // By service is the same sum; what a bot pays itself in a fleet that shares every read is its orders and look-ups.
        report.Gate.CallsByService.Values.Sum().ShouldBe(report.Gate.Calls);
        report.Direct.CallsByService.Values.Sum().ShouldBe(report.Direct.Calls);
        report.Gate.CallsByService["fleet"].ShouldBe(report.Gate.Kinds.Reads);

        // Four asks a bot and cycle, and two calls an order.
        report.Direct.Calls.ShouldBeGreaterThanOrEqualTo((long)(1_200 * Hours.TotalHours));
        report.Gate.Calls.ShouldBeLessThan(report.Direct.Calls / 10, $"gate {report.Gate.Calls}, direct {report.Direct.Calls}, direct 429s {report.Direct.Violations}");
    }

    [Theory]
    [InlineData(50, 1)]
    [InlineData(51, 2)]
    [InlineData(100, 2)]
    public void A_fleets_quote_is_a_call_for_each_fifty_pairs(int pairs, int calls)
    {
        var world = new FleetWorld(new FleetOptions { Pairs = [.. Enumerable.Range(0, pairs).Select(static i => $"C{i}-USD")] });
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(6));
            world.ReadsOf("market-products").ShouldBe(2 * calls, "two cycles");
            world.Host.Status().Problem.ShouldBeNull();
            world.Twin.Counters.Violations.ShouldBe(0);
            await life.StopAsync();
        });
    }

    private static FleetWorld Lived(FleetWorld world)
    {
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(Hours - TimeSpan.FromSeconds(1));
            await life.StopAsync();
        });
        return world;
    }

    internal static string Counts(FleetWorld world) => string.Join(", ", world.Twin.Counters.Snapshot().ArrivalsByEndpoint.Select(both => $"{both.Key} {both.Value}"));
}
