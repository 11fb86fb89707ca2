using System.Text;
using System.Text.Json;
using Headgate.Catalogue;
using Headgate.Desk.Days;
using Headgate.Simulation;
using Headgate.Testing;
using Headgate.Upstreams;

namespace Headgate.Desk.Tests.Days;

public sealed class KiteDayTests
{
    // 09:25 to 15:25 inclusive, and the strikes of 23 runs, which follow from the spot just asked.
    private const int MonitorQuoteCalls = 361 + 23;

    // From 15:26 to the close a minute may ask for a follow-up price that is due; and once for end-of-day prices.
    private const int FollowUpQuoteCalls = 5 + 1;

    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(5);

    private static readonly Lazy<CatalogueModel> Catalogue = new(() => new CatalogueSource([]).Load());

    [Fact]
    public void On_a_made_up_day_the_gate_finds_every_alert_of_the_ideal_with_the_fewest_calls()
    {
        var report = Live(new KiteDay(KiteTapeDay.Made(new DateOnly(2026, 11, 20))), new FleetStores());

        CheckDay(report);
        report.Synthetic.ShouldContain("all prices");
    }

    [SharedFact]
    public void On_every_recorded_day_the_gate_finds_every_alert_of_the_ideal_with_the_fewest_calls()
    {
        var stores = new FleetStores();
        var days = KiteTapeDay.Recorded([SharedFiles.Path("data", "nse_minute"), SharedFiles.Path("data", "nse_index", "india_vix_daily.csv.gz")]);
        days.Count.ShouldBe(13);
        for (var i = 0; i < days.Count; i++)
        {
            var report = Live(new KiteDay(days[i]), stores);

            CheckDay(report);

            // Direct is the harm: limits broken and alerts missed.
            report.Direct.Violations.ShouldBeGreaterThan(100);
            report.Alerts.DirectMissing.ShouldBeGreaterThan(0);
            report.Gate.BarsByService["options"].Stored.ShouldBeGreaterThanOrEqualTo(0.95m, report.Day.ToString());
            if (i > 0)
            {
                report.Gate.Bars.Stored.ShouldBeGreaterThanOrEqualTo(0.95m, report.Day.ToString());
            }
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void A_kill_at_any_point_of_a_day_loses_no_alert_and_sends_none_twice_unmarked(int seed)
    {
        var random = new Random(seed);
        var day = new ShownDay(new KiteDay(KiteTapeDay.Made(new DateOnly(2026, 11, 20))));
        var kills = Enumerable.Range(0, 6).Select(_ => TimeSpan.FromMinutes(40) + TimeSpan.FromTicks(random.NextInt64(TimeSpan.FromMinutes(361).Ticks)))
            // And in the middle of busy seconds, where asks, decisions and messages are under way.
            .Concat(Enumerable.Range(0, 6).Select(_ => TimeSpan.FromMinutes(40 + random.Next(361)) + TimeSpan.FromMilliseconds(random.Next(3_000)))).ToList();

        var report = FleetDayRun.Run(day, TimeProvider.System, new FleetDayOptions(Catalogue.Value) { Kills = kills, Seed = seed });

        report.Alerts.Missing.ShouldBe(0, string.Join('\n', report.Alerts.MissingItems));
        report.Alerts.Extra.ShouldBe(0, string.Join('\n', report.Alerts.ExtraItems));
        report.Gate.Violations.ShouldBe(0);
        var texts = Texts(day.Gate);
        var unmarked = texts.Where(text => !text.Contains("May have been sent before", StringComparison.Ordinal)).ToList();
        unmarked.Count.ShouldBe(unmarked.Distinct(StringComparer.Ordinal).Count(), "a message that may repeat another says so");
        texts.Select(Reference).Distinct(StringComparer.Ordinal).Count().ShouldBe((int)report.Alerts.Gate);
    }

    private static FleetDayReport Live(IFleetDay day, FleetStores stores) => FleetDayRun.Run(day, TimeProvider.System, new FleetDayOptions(Catalogue.Value), stores);

    private static void CheckDay(FleetDayReport report)
    {
        var day = report.Day.ToString();
        report.Alerts.Ideal.ShouldBeGreaterThan(10, day);
        report.Alerts.Missing.ShouldBe(0, day + string.Join('\n', report.Alerts.MissingItems));
        report.Alerts.Extra.ShouldBe(0, day + string.Join('\n', report.Alerts.ExtraItems));
        report.Gate.Violations.ShouldBe(0, day);
        report.Gate.Refused.ShouldBe(0, day);
        report.Gate.StaleServed.ShouldBe(0, day);
        report.Gate.QuoteCalls.ShouldBeLessThanOrEqualTo(MonitorQuoteCalls + FollowUpQuoteCalls, day);
        report.Ratio.ShouldBeLessThanOrEqualTo(1.02m, day);

        // One linger, and where strikes follow from the spot the wait for the second permit of the second.
        report.Alerts.Lag.P95.ShouldBeLessThanOrEqualTo((decimal)Linger.TotalSeconds + 0.005m, day);
        report.Alerts.Lag.Max.ShouldBeLessThanOrEqualTo(1.1m, day);
    }

    private static List<string> Texts(IReadOnlyList<FleetUpstream> upstreams) =>
    [
        .. upstreams.Single(upstream => string.Equals(upstream.Twin.Name, "telegram", StringComparison.Ordinal)).Twin.Counters.Log()
            .Where(arrival => arrival.Status == 200)
            .Select(arrival => JsonDocument.Parse(arrival.Request.Body).RootElement.GetProperty("text").GetString()!),
    ];

    private static string Reference(string text) => text[text.LastIndexOf('#')..];
}
