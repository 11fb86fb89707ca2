using System.Text;
using System.Text.Json;
using Headgate.Catalogue;
using Headgate.Desk.Days;
using Headgate.Desk.Doors;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;

namespace Headgate.Simulation.Tests.Fleets;

public sealed class FleetDayRunTests
{
    private static readonly DateTimeOffset Open = new(2026, 11, 20, 9, 15, 0, new TimeSpan(5, 30, 0));

    [Fact]
    public void The_gate_decides_what_the_ideal_decides_with_the_fewest_calls_and_direct_breaks_limits()
    {
        var report = FleetDayRun.Run(new Watchers(), TimeProvider.System, Options());

        report.Alerts.Ideal.ShouldBeGreaterThan(5);
        report.Alerts.Missing.ShouldBe(0);
        report.Alerts.Extra.ShouldBe(0);
        report.Alerts.Lag.Max.ShouldBeLessThanOrEqualTo(0.01m); // one linger
        report.Gate.Violations.ShouldBe(0);
        report.Gate.QuoteCalls.ShouldBe(60);
        report.LowerBound.ShouldBe(60);
        report.Ratio.ShouldBe(1);
        report.Direct.Calls.ShouldBe(120);
        report.Direct.Violations.ShouldBeGreaterThan(0);
        report.Alerts.DirectMissing.ShouldBeGreaterThan(0);
        report.Gate.CallsByHour.Values.Sum().ShouldBe(60);
    }

    [Fact]
    public void The_same_seed_gives_the_same_day()
    {
        var first = JsonSerializer.Serialize(FleetDayRun.Run(new Watchers(), TimeProvider.System, Options()) with { Seconds = 0 });
        JsonSerializer.Serialize(FleetDayRun.Run(new Watchers(), TimeProvider.System, Options()) with { Seconds = 0 }).ShouldBe(first);
    }

    [Fact]
    public void A_killed_process_goes_on_with_what_was_durable()
    {
        var options = Options() with { Kills = [TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(31.0001)] };
        var report = FleetDayRun.Run(new Watchers(), TimeProvider.System, options);
        report.Alerts.Missing.ShouldBe(0);
        report.Alerts.Extra.ShouldBe(0);
        report.Gate.Violations.ShouldBe(0);
    }

    private static FleetDayOptions Options() => new(new CatalogueSource([]).Load());

    /// <summary>Two systems that look at the same shares every minute for an hour, and say when one is above a round figure.</summary>
    private sealed class Watchers : IFleetDay
    {
        private static readonly string[] Names = ["INFY", "TCS", "SBIN", "ITC", "LT"];

        public string Name => "watchers";

        public DateTimeOffset Start => Open;

        public TimeSpan Length => TimeSpan.FromMinutes(60);

        public IReadOnlyList<string> Synthetic => ["prices"];

        public IReadOnlyList<FleetUpstream> NewUpstreams(int seed, FleetVariant variant) =>
        [
            new FleetUpstream(new KiteTwin(new KiteOptions(new SyntheticTape(seed, Open, stepSeconds: 60)) { InstrumentRows = 0, Unlimited = variant == FleetVariant.Ideal }))
            {
                Headers = [new("Authorization", KiteTwin.DemoCredential)],
                Secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["KITE_AUTHORIZATION"] = KiteTwin.DemoCredential["token ".Length..] },
            },
        ];

        public async Task RunAsync(FleetSeat seat, CancellationToken cancellation)
        {
            var first = WatchAsync(seat, "one", cancellation);
            await WatchAsync(seat, "two", cancellation);
            await first;
        }

        private static async Task WatchAsync(FleetSeat seat, string service, CancellationToken cancellation)
        {
            for (var cycle = Open; cycle < seat.Until; cycle = cycle.AddMinutes(1))
            {
                var wait = cycle - seat.Door.Time.GetUtcNow();
                if (wait < -TimeSpan.FromSeconds(55))
                {
                    continue;
                }

                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, seat.Door.Time, cancellation);
                }

                var answer = await seat.Door.AskAsync(
                    new DeskAsk("kite", "/quote?" + string.Join('&', Names.Select(name => "i=NSE:" + name))) { Client = service, NotBefore = cycle }, cancellation);
                foreach (var name in answer.IsData ? Names : [])
                {
                    var last = JsonDocument.Parse(answer.Body).RootElement.GetProperty("data").GetProperty("NSE:" + name).GetProperty("last_price").GetDecimal();
                    if (decimal.Truncate(last * 10) % 7 == 0)
                    {
                        seat.Note(new FleetAlert($"{service}|{name}|{cycle:HH:mm}", seat.Door.Time.GetUtcNow(), service));
                    }
                }
            }
        }
    }
}
