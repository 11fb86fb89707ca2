using Headgate.Catalogue;
using Headgate.Upstreams.Scenarios;

namespace Headgate.Simulation.Tests.Days;

public sealed class DayRunTests
{
    private static readonly CatalogueModel Catalogue = CatalogueLoader.LoadShipped();

    [Fact]
    public void Watchlist_polling_makes_at_most_a_twentieth_more_calls_than_the_lower_bound()
    {
        var report = Run(BuiltInScenarios.KitePolling(TimeSpan.FromMinutes(20)));
        report.LowerBoundExact.ShouldBeTrue();
        report.LowerBound.ShouldBeGreaterThan(0);
        report.Ratio.ShouldBeLessThanOrEqualTo(1.05m);
        report.Gate.Violations.ShouldBe(0);
        report.Direct.Violations.ShouldBeGreaterThan(0);
        report.Gate.Answered.ShouldBe(report.Asks);
        report.Gate.Refused.ShouldBe(0);
    }

    [Fact]
    public void Kite_like_cadences_make_at_most_a_twentieth_more_calls_than_the_lower_bound()
    {
        var report = Run(BuiltInScenarios.Find("kite-monitors")!);
        report.LowerBoundExact.ShouldBeTrue();
        report.Ratio.ShouldBeLessThanOrEqualTo(1.05m, report.ToString());
        report.Ratio.ShouldBeGreaterThan(0.5m);
        report.Gate.Violations.ShouldBe(0);
        report.Gate.Failed.ShouldBe(0);
        report.Gate.Answered.ShouldBe(report.Asks);
        report.Direct.Violations.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Random_single_asks_are_measured_against_the_lower_bound()
    {
        var report = Run(BuiltInScenarios.SingleAsks(TimeSpan.FromMinutes(5)));
        report.LowerBoundExact.ShouldBeTrue();
        report.Ratio.ShouldBeGreaterThan(0);
        report.Gate.Violations.ShouldBe(0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_report_and_another_seed_another()
    {
        var scenario = BuiltInScenarios.SingleAsks(TimeSpan.FromMinutes(1));
        var first = Run(scenario);
        var again = Run(scenario);
        again.Gate.Age.ShouldBe(first.Gate.Age);
        again.Gate.Calls.ShouldBe(first.Gate.Calls);
        Run(scenario, seed: 2).Asks.ShouldNotBe(first.Asks);
    }

    internal static DayReport Run(IScenario scenario, int seed = 1) => DayRun.Run(scenario, Catalogue, TimeProvider.System, new DayOptions { Seed = seed });
}
