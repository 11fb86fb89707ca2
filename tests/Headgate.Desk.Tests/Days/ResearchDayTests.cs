using Headgate.Catalogue;
using Headgate.Desk.Days;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Days;

/// <summary>A day of the research system with real daily limits, killed in its middle.</summary>
public sealed class ResearchDayTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 0, 0, 0, TimeSpan.FromHours(-5));

    [Fact]
    public void A_research_day_keeps_every_daily_budget_across_a_restart_and_reports_all_that_an_unlimited_upstream_would_have_shown()
    {
        var day = new Watched(new ResearchDay(Start));
        var report = FleetDayRun.Run(day, TimeProvider.System, Options());
        report.Gate.Violations.ShouldBe(0);
        var calls = report.Gate.CallsByEndpoint;
        Of(calls, "alphavantage").ShouldBeInRange(20, 25);
        Of(calls, "newsapi").ShouldBeInRange(60, 100);
        Of(calls, "finnhub").ShouldBeInRange(100, 1_440);
        Of(calls, "yahoo").ShouldBeInRange(600, 2_000);
        Of(calls, "questrade").ShouldBeInRange(800, 10_000);
        report.Alerts.Missing.ShouldBe(0);
        report.Alerts.Extra.ShouldBe(0);
        report.Alerts.Gate.ShouldBe(96 * 63);
        // At least 40 % fewer calls and 60 % hits, as the replaced system claimed of itself.
        (report.Gate.Calls / (decimal)report.Direct.Calls).ShouldBeLessThan(0.6m);
        report.Gate.HitRate.ShouldBeGreaterThan(0.6m);
        report.Ratio.ShouldBeInRange(1m, 1.05m);
        report.Gate.Refused.ShouldBe(0);
        report.Gate.StaleServed.ShouldBe(0);
        report.Direct.Violations.ShouldBeGreaterThan(0);
        report.Alerts.DirectMissing.ShouldBeGreaterThan(0);
        day.Lives.ShouldBe(2);
    }

    private static FleetDayOptions Options() => new(new CatalogueSource([], profiles: new Dictionary<string, string> { ["yahoo"] = "research" }).Load()) { Kills = [new TimeSpan(12, 7, 30)] };

    private static long Of(IReadOnlyDictionary<string, long> calls, string provider) => calls.Where(endpoint => endpoint.Key.StartsWith(provider + ".", StringComparison.Ordinal)).Sum(endpoint => endpoint.Value);

    private sealed class Watched(IFleetDay inner) : IFleetDay
    {
        public int Lives { get; private set; }

        public string Name => inner.Name;

        public DateTimeOffset Start => inner.Start;

        public TimeSpan Length => inner.Length;

        public IReadOnlyList<string> Synthetic => inner.Synthetic;

        public IReadOnlyList<FleetUpstream> NewUpstreams(int seed, FleetVariant variant) => inner.NewUpstreams(seed, variant);

        public Task RunAsync(FleetSeat seat, CancellationToken cancellation)
        {
            Lives += seat.Variant == FleetVariant.Gate ? 1 : 0;
            return inner.RunAsync(seat, cancellation);
        }
    }
}
