using Headgate.Catalogue;
using Headgate.Desk.Crypto;
using Headgate.Desk.Days;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Days;

public sealed class CryptoDayTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<CatalogueModel> Catalogue = new(() => new CatalogueSource([]).Load());

    [Fact]
    public void The_gate_tells_every_signal_of_the_ideal_with_the_fewest_calls_and_two_fifths_fewer_than_direct()
    {
        var day = new ShownDay(new CryptoDay(Start, TimeSpan.FromHours(8)));
        var report = Live(day);

        report.Alerts.Ideal.ShouldBeGreaterThan(20);
        report.Alerts.Missing.ShouldBe(0, string.Join('\n', report.Alerts.MissingItems));
        report.Alerts.Extra.ShouldBe(0, string.Join('\n', report.Alerts.ExtraItems));
        (report.Gate.Violations, report.Gate.Refused, report.Gate.Failed, report.Gate.StaleServed).ShouldBe((0, 0, 0, 0));
        report.Ratio.ShouldBeLessThanOrEqualTo(1.02m);
        report.Saved.ShouldBeGreaterThan(report.Direct.Calls * 2 / 5);
        Cryptometer(report.Gate.CallsByEndpoint).ShouldBeLessThan(Cryptometer(report.Direct.CallsByEndpoint) * 2 / 5);
        report.Direct.Violations.ShouldBeGreaterThan(1_000);

        // One an interval whatever the number of symbols: 15 min, and half of that in the hours that were AGGRESSIVE.
        report.Gate.CallsByEndpoint["cryptometer.trend-indicator-v3"].ShouldBeInRange(32, 45);
        report.Gate.Age.Max.ShouldBeLessThanOrEqualTo(30 * 60 * 1.2m);
        day.Gate.SelectMany(upstream => upstream.Twin.Counters.Log().Where(arrival => upstream.Twin.Name == "cryptometer").GroupBy(arrival => arrival.At.Ticks / TimeSpan.TicksPerMinute))
            .ShouldAllBe(minute => minute.Count() <= 48);
    }

    [Fact]
    public void The_same_seed_gives_the_same_day_and_a_kill_loses_no_signal()
    {
        var short_ = new CryptoDay(Start, TimeSpan.FromHours(5), new CryptoOptions { Symbols = "AVAX, BTC, ETH" });
        var options = new FleetDayOptions(Catalogue.Value) { Kills = [TimeSpan.FromMinutes(47), TimeSpan.FromMinutes(133.01)] };
        var report = FleetDayRun.Run(short_, TimeProvider.System, options);
        report.Alerts.Missing.ShouldBe(0, string.Join('\n', report.Alerts.MissingItems));
        report.Alerts.Extra.ShouldBe(0);
        report.Gate.Violations.ShouldBe(0);
        var again = FleetDayRun.Run(short_, TimeProvider.System, options);
        (again.Gate.Calls, again.LowerBound).ShouldBe((report.Gate.Calls, report.LowerBound));
        again.Decisions.ShouldBe(report.Decisions);
    }

    private static FleetDayReport Live(IFleetDay day) => FleetDayRun.Run(day, TimeProvider.System, new FleetDayOptions(Catalogue.Value));

    private static long Cryptometer(IReadOnlyDictionary<string, long> calls) => calls.Where(endpoint => endpoint.Key.StartsWith("cryptometer.", StringComparison.Ordinal)).Sum(endpoint => endpoint.Value);
}
