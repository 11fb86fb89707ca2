using System.Text;
using Headgate.Catalogue;
using Headgate.Desk.Doors;
using Headgate.Markets;
using Headgate.Simulation;
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

    private static DeskAsk Quote(DateTimeOffset cycle) => new("kite", "/quote?i=NSE:INFY&i=NSE:TCS") { NotBefore = cycle };

    private static void Run(Func<EngineDoor, KiteTwin, VirtualTime, Task> test)
    {
        var time = new VirtualTime(Ten);
        var twin = new KiteTwin(new KiteOptions(new SyntheticTape(1, Ten)) { InstrumentRows = 0 });
        var ports = new EnginePorts
        {
            Time = time,
            BootId = "boot",
            Random = new Random(1),
            Transport = new TwinTransport(time, twin),
            Ledger = new MemoryLedger(time),
            Entries = new MemoryEntryStore(time),
            Hasher = new SeededHasher(1),
            Markets = new MarketSessions(MarketCalendars.Shipped),
            Secrets = new DemoSecret(),
        };
        time.Run(async () =>
        {
            await using var engine = await Engine.StartAsync(new EngineOptions(), ports, new CatalogueSource([]).Load(), default);
            await test(new EngineDoor(engine), twin, time);
        });
    }

    private sealed class DemoSecret : ISecretSource
    {
        public string? Find(string name) => name == "KITE_AUTHORIZATION" ? KiteTwin.DemoCredential["token ".Length..] : null;
    }
}
