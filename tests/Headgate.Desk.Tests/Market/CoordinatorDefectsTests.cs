using Headgate.Catalogue;
using Headgate.Desk.Doors;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Markets;
using Headgate.Simulation;
using Headgate.Upstreams;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;

namespace Headgate.Desk.Tests.Market;

/// <summary>What the replaced API coordinator and its cache got wrong, asked of the gate through the same reader the monitors use.</summary>
public sealed class CoordinatorDefectsTests
{
    private static readonly DateTimeOffset Ten = Ist.At(new DateOnly(2026, 11, 19), new TimeOnly(10, 0));

    private readonly EntryDisk _entries = new();

    [Fact]
    public void A_cached_ask_answers_and_does_not_fall_to_a_direct_path() => Run(async (market, twin, _) =>
    {
        // Defect 1: two methods of the cache never existed, so every unforced ask threw and was made again directly.
        await market.QuotesAsync(["NSE:INFY"], Ten, "stock", default);
        var again = await market.QuotesAsync(["NSE:INFY"], Ten, "atr", default);
        again.Quotes.Keys.ShouldBe(["NSE:INFY"]);
        again.Hits.ShouldBe(1);
        twin.Counters.Arrivals.ShouldBe(1);
    });

    [Fact]
    public void A_hit_is_per_symbol_and_only_misses_are_fetched() => Run(async (market, twin, time) =>
    {
        // Defect 2: one global time stamp, and everything held was returned whatever was asked.
        await market.QuotesAsync(["NSE:INFY", "NSE:TCS"], Ten, "stock", default);
        await time.Delay(TimeSpan.FromSeconds(5));
        var other = await market.QuotesAsync(["NSE:INFY", "NSE:SBIN"], Ten, "atr", default);
        other.Quotes.Keys.ShouldBe(["NSE:INFY", "NSE:SBIN"], ignoreOrder: true);
        other.Hits.ShouldBe(0);
        twin.Counters.Log()[^1].Request.RawTarget.ShouldNotContain("INFY");
        twin.Counters.Log()[^1].Request.RawTarget.ShouldContain("SBIN");
    });

    [Fact]
    public void Futures_are_cached_too_so_a_hit_has_open_interest() => Run(async (market, twin, time) =>
    {
        // Defect 3: only NSE rows were kept, so open interest was zero on a hit.
        var contracts = await market.InstrumentsAsync("NFO", Ten.AddHours(-1), "stock", default);
        var future = "NFO:" + contracts!.First(static contract => contract is { Name: "INFY", Type: "FUT" }).Symbol;
        var first = await market.QuotesAsync(["NSE:INFY", future], Ten, "stock", default);
        await time.Delay(TimeSpan.FromSeconds(5));
        var hit = await market.QuotesAsync(["NSE:INFY", future], Ten, "atr", default);
        hit.Hits.ShouldBe(1);
        hit.Quotes[future].Oi.ShouldBeGreaterThan(0);
        hit.Quotes[future].ShouldBe(first.Quotes[future]);
    });

    [Fact]
    public void A_process_started_later_finds_what_an_earlier_one_fetched()
    {
        // Defect 4: the singleton shared no memory between jobs, and each read the store at construction only.
        Run(async (market, twin, time) =>
        {
            await market.QuotesAsync(["NSE:INFY"], Ten, "stock", default);
            await time.Delay(TimeSpan.FromSeconds(2));
        });
        Run(
            async (market, twin, _) =>
            {
                (await market.QuotesAsync(["NSE:INFY"], Ten, "onemin", default)).Quotes.Keys.ShouldBe(["NSE:INFY"]);
                twin.Counters.Arrivals.ShouldBe(0);
            },
            Ten.AddSeconds(20));
    }

    private void Run(Func<KiteMarket, KiteTwin, VirtualTime, Task> test, DateTimeOffset? at = null)
    {
        var time = new VirtualTime(at ?? Ten);
        var twin = new KiteTwin(new KiteOptions(new SyntheticTape(1, Ten.AddHours(-1))) { InstrumentRows = 0 });
        var ports = new EnginePorts
        {
            Time = time,
            BootId = $"boot{at}",
            Random = new Random(1),
            Transport = new TwinTransport(time, twin),
            Ledger = new MemoryLedger(time),
            Entries = new MemoryEntryStore(_entries, time),
            Hasher = new SeededHasher(1),
            Markets = new MarketSessions(MarketCalendars.Shipped),
            Secrets = new DemoSecret(),
        };
        time.Run(async () =>
        {
            await using var engine = await Engine.StartAsync(new EngineOptions(), ports, new CatalogueSource([]).Load(), default);
            await test(new KiteMarket(new EngineDoor(engine)), twin, time);
        });
    }

    private sealed class DemoSecret : ISecretSource
    {
        public string? Find(string name) => name == "KITE_AUTHORIZATION" ? KiteTwin.DemoCredential["token ".Length..] : null;
    }
}
