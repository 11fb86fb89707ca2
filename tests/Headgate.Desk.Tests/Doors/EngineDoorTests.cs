using System.Text;
using Headgate.Catalogue;
using Headgate.Desk.Doors;
using Headgate.Markets;
using Headgate.Simulation;
using Headgate.Upstream;
using Headgate.Upstreams;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;

namespace Headgate.Desk.Tests.Doors;

public sealed class EngineDoorTests
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 20, 10, 0, 0, new TimeSpan(5, 30, 0));

    [Fact]
    public void A_second_system_five_seconds_later_costs_no_call_and_a_later_cycle_gets_new_prices() => Run(async (door, twin, time) =>
    {
        var first = await door.AskAsync(Quote(Ten), default);
        await time.Delay(TimeSpan.FromSeconds(5));
        var second = await door.AskAsync(Quote(Ten), default);
        await time.Delay(TimeSpan.FromSeconds(55));
        var third = await door.AskAsync(Quote(Ten.AddMinutes(1)), default);

        first.IsData.ShouldBeTrue();
        Encoding.UTF8.GetString(first.Body.Span).ShouldContain("\"NSE:INFY\"");
        second.IsHit.ShouldBeTrue();
        second.Body.Span.SequenceEqual(first.Body.Span).ShouldBeTrue();
        third.IsHit.ShouldBeFalse();
        twin.Counters.Snapshot().Arrivals.ShouldBe(2);
    });

    [Fact]
    public void A_refusal_is_a_value_that_says_when_to_come_back() => Run(async (door, twin, time) =>
    {
        await door.AskAsync(Quote(Ten), default);
        var refused = await door.AskAsync(Quote(Ten) with { NotBefore = null, MaxAge = TimeSpan.Zero, Deadline = TimeSpan.FromMilliseconds(100) }, default);

        refused.IsData.ShouldBeFalse();
        refused.Refusal!.Kind.ShouldBe(RefusalKind.Limited);
        refused.RetryAt!.Value.ShouldBeInRange(Ten, Ten.AddSeconds(2));
    });

    // Shorter answers are read whole by the gate itself; of a longer one its client reads the rest.
    [Fact]
    public void A_message_whose_long_answer_breaks_off_is_of_unknown_outcome() => Run(
        async (door, network, _) =>
        {
            var answer = await door.SendAsync(Order, default);

            answer.IsOutcomeUnknown.ShouldBeTrue();
            answer.IsData.ShouldBeFalse();
            answer.UpstreamStatus.ShouldBe(200);
            answer.Calls.ShouldBe(1);
            network.Arrivals.ShouldBe(1, "it is never sent again");
        },
        BreaksOff);

    [Fact]
    public void A_read_whose_long_answer_breaks_off_is_no_answer() => Run(
        async (door, _, _) =>
        {
            var answer = await door.AskAsync(new DeskAsk("kite", "/orders") { Headers = [Credential] }, default);

            answer.Refusal!.Kind.ShouldBe(RefusalKind.UpstreamUnusable);
            answer.IsData.ShouldBeFalse();
            answer.Body.IsEmpty.ShouldBeTrue();
        },
        BreaksOff);

    [Theory]
    [InlineData(NetworkFault.ResetAfterArrival, RefusalKind.OutcomeUnknown)]
    [InlineData(NetworkFault.Hang, RefusalKind.OutcomeUnknown)]
    public void A_message_that_went_out_counts_its_call_whatever_became_of_it(NetworkFault fault, RefusalKind expected) => Run(
        async (door, network, _) =>
        {
            network.Fate = _ => new NetworkFate(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(30), fault);
            var answer = await door.SendAsync(Order with { Deadline = TimeSpan.FromSeconds(1) }, default);

            answer.Refusal!.Kind.ShouldBe(expected);
            answer.Calls.ShouldBe(1);
            network.Sent.ShouldBe(1);
        });

    [Fact]
    public void A_message_that_never_went_out_counts_no_call() => Run(async (door, network, _) =>
    {
        var sent = new List<DeskAnswer>();
        while (sent.Count < 100 && sent.LastOrDefault()?.Refusal is null)
        {
            sent.Add(await door.SendAsync(Order with { Deadline = TimeSpan.FromMilliseconds(100) }, default));
        }

        sent[^1].Refusal!.Kind.ShouldBe(RefusalKind.Limited);
        sent[^1].Calls.ShouldBe(0);
        sent.Sum(static answer => answer.Calls).ShouldBe((int)network.Sent);
    });

    private static HeaderField Credential => new("Authorization", KiteTwin.DemoCredential);

    private static DeskMessage Order => new("kite", "POST", "/orders/regular") { Headers = [Credential], Body = "tradingsymbol=INFY"u8.ToArray() };

    private static TwinReply BreaksOff(UpstreamCall call, DateTimeOffset at) => new(200, [new("Content-Type", "application/json")], new byte[200 << 10], new TwinFault(TwinFaultKind.Truncated) { Bytes = 150 << 10 });

    private static DeskAsk Quote(DateTimeOffset cycle) => new("kite", "/quote?i=NSE:INFY&i=NSE:TCS") { NotBefore = cycle };

    private static void Run(Func<EngineDoor, KiteTwin, VirtualTime, Task> test)
    {
        var time = new VirtualTime(Ten);
        var twin = new KiteTwin(new KiteOptions(new SyntheticTape(1, Ten)) { InstrumentRows = 0 });
        Run(time, new TwinTransport(time, twin), door => test(door, twin, time));
    }

    private static void Run(Func<EngineDoor, TwinTransport, VirtualTime, Task> test, TwinTransport.Door? upstream = null)
    {
        var time = new VirtualTime(Ten);
        var network = upstream is null ? new TwinTransport(time, new KiteTwin(new KiteOptions(new SyntheticTape(1, Ten)) { InstrumentRows = 0 })) : new TwinTransport(time, upstream);
        Run(time, network, door => test(door, network, time));
    }

    private static void Run(VirtualTime time, TwinTransport network, Func<EngineDoor, Task> test)
    {
        var ports = new EnginePorts
        {
            Time = time,
            BootId = "boot",
            Random = new Random(1),
            Transport = network,
            Ledger = new MemoryLedger(time),
            Entries = new MemoryEntryStore(time),
            Hasher = new SeededHasher(1),
            Markets = new MarketSessions(MarketCalendars.Shipped),
            Secrets = new DemoSecret(),
        };
        time.Run(async () =>
        {
            await using var engine = await Engine.StartAsync(new EngineOptions(), ports, new CatalogueSource([]).Load(), default);
            await test(new EngineDoor(engine));
        });
    }

    private sealed class DemoSecret : ISecretSource
    {
        public string? Find(string name) => name == "KITE_AUTHORIZATION" ? KiteTwin.DemoCredential["token ".Length..] : null;
    }
}
