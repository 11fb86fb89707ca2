using System.Text;
using Headgate.Catalogue;
using Headgate.Desk.Days;
using Headgate.Desk.Doors;
using Headgate.Simulation;
using Headgate.Upstreams.Providers;

namespace Headgate.Desk.Tests.Days;

public sealed class TogetherDayTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Morning = new(2026, 11, 20, 5, 30, 0, new TimeSpan(5, 30, 0));

    [Fact]
    public void Each_fleet_lives_its_own_hours_with_records_and_decisions_of_its_own()
    {
        var time = new VirtualTime(Midnight);
        var (first, second) = (new Part("first", Midnight, TimeSpan.FromHours(2)), new Part("second", Morning.AddHours(1), TimeSpan.FromHours(5)));
        var day = new TogetherDay("both", [first, second]);
        var alerts = new List<FleetAlert>();
        var records = new MemoryRecordStore(new RecordDisk(), time);

        time.Run(() => day.RunAsync(new FleetSeat(FleetVariant.Gate, new Clock(time), records, 1, day.Start + day.Length, alerts.Add), default));

        day.Start.ShouldBe(Midnight);
        day.Start.Offset.ShouldBe(TimeSpan.Zero);
        day.Length.ShouldBe(TimeSpan.FromHours(6));
        first.Lived.ShouldBe((Midnight, Midnight.AddHours(2), null));
        second.Lived.ShouldBe((Midnight.AddHours(1), Midnight.AddHours(6), null), "the other's record of the same kind and id is not its own");
        alerts.Select(alert => (alert.Key, alert.Service)).ShouldBe([("first: found", "first"), ("second: found", "second")]);
    }

    [Fact]
    public void Upstreams_of_one_provider_are_one()
    {
        var day = new TogetherDay("both", [new Part("first", Midnight, TimeSpan.FromHours(1)), new Part("second", Midnight, TimeSpan.FromHours(1))]);
        day.NewUpstreams(1, FleetVariant.Gate).ShouldHaveSingleItem().Twin.Name.ShouldBe("telegram");
        day.Synthetic.ShouldBe(["first: all", "second: all"]);
    }

    // What every fleet alone holds, all of them hold together on one engine and one ledger: no limit broken, nothing decided otherwise, hardly a call too many.
    [Fact]
    public void Fleets_together_decide_as_each_would_alone_with_the_fewest_calls()
    {
        var report = FleetDayRun.Run(
            new TogetherDay(
                "all",
                [new KiteDay(KiteTapeDay.Made(DateOnly.FromDateTime(Midnight.Date))), new FleetDay(Midnight), new ResearchDay(Midnight.ToOffset(TimeSpan.FromHours(-5)).AddHours(5)), new CryptoDay(Midnight)]),
            TimeProvider.System,
            new FleetDayOptions(new CatalogueSource([], profiles: new Dictionary<string, string>(StringComparer.Ordinal) { ["yahoo"] = "research" }).Load()));

        report.Gate.Violations.ShouldBe(0);
        report.Ratio.ShouldBeInRange(0.9m, 1.05m);
        report.Alerts.Missing.ShouldBe(0, string.Join('\n', report.Alerts.MissingItems));
        report.Alerts.Extra.ShouldBe(0, string.Join('\n', report.Alerts.ExtraItems));
        ((string[])["fleet", "stock_monitor", "onemin_monitor", "collector", "questrade", "factors", "rapid_movement"]).ShouldAllBe(service => report.Alerts.ByService.GetValueOrDefault(service) > 0);
    }

    private sealed class Part(string name, DateTimeOffset start, TimeSpan length) : IFleetDay
    {
        public (DateTimeOffset From, DateTimeOffset Until, string? Found) Lived { get; private set; }

        public string Name => name;

        public DateTimeOffset Start => start;

        public TimeSpan Length => length;

        public IReadOnlyList<string> Synthetic => ["all"];

        public IReadOnlyList<FleetUpstream> NewUpstreams(int seed, FleetVariant variant) => [new FleetUpstream(new TelegramTwin(["demo"]))];

        public async Task RunAsync(FleetSeat seat, CancellationToken cancellation)
        {
            var found = await seat.Records.GetAsync("kind", "id", cancellation);
            Lived = (seat.Door.Time.GetUtcNow(), seat.Until, found is null ? null : Encoding.UTF8.GetString(found.Content.Span));
            await seat.Records.PutAsync([new StoredRecord("kind", "id", seat.Door.Time.GetUtcNow(), Encoding.UTF8.GetBytes(name))], cancellation);
            Encoding.UTF8.GetString((await seat.Records.GetAsync("kind", "id", cancellation))!.Content.Span).ShouldBe(name);
            (await seat.Records.QueryAsync(new RecordQuery("kind"), cancellation)).ShouldHaveSingleItem().Kind.ShouldBe("kind");
            seat.Note(new FleetAlert("found", seat.Door.Time.GetUtcNow(), name));
        }
    }

    private sealed class Clock(TimeProvider time) : IDeskDoor
    {
        public TimeProvider Time => time;

        public ValueTask<DeskAnswer> AskAsync(DeskAsk ask, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<DeskAnswer> SendAsync(DeskMessage message, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
