using System.Text;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.Universe;
using Headgate.Desk.Tests.Support;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Monitors;

public sealed class UniverseTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private static readonly DateTimeOffset Ten = Ist.At(Day, new TimeOnly(10, 0));

    private readonly VirtualTime _time = new(Ten);
    private readonly RecordDisk _disk = new();

    [Fact]
    public void The_sample_has_209_stocks_each_with_a_sector()
    {
        StockUniverse.Sample.Stocks.Count.ShouldBe(209);
        StockUniverse.Sample.Stocks.ShouldAllBe(static stock => StockUniverse.Sample.SectorOf.ContainsKey(stock));
        StockUniverse.Sample.SectorOf.Count.ShouldBe(209);
    }

    [Fact]
    public void Index_names_are_filtered_out()
    {
        var universe = StockUniverse.Parse(Encoding.UTF8.GetBytes("""{"stocks":["NIFTY","INFY","BANKNIFTY","FINNIFTY","MIDCPNIFTY","NIFTY 50","^NSEI","TCS","INFY"],"shares_outstanding":{"INFY":4150000000}}"""));
        universe.Stocks.ShouldBe(["INFY", "TCS"]);
        universe.SharesOf["INFY"].ShouldBe(4_150_000_000);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"stocks":[""]}""")]
    [InlineData("""{"stocks":["A,B"]}""")]
    [InlineData("""{"stocks":[1]}""")]
    public void What_is_no_universe_is_refused_with_a_reason(string json) => Should.Throw<FormatException>(() => StockUniverse.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Expired_contracts_are_skipped_and_on_its_last_day_one_still_serves()
    {
        var map = FuturesMap.Of([Future("INFY26OCTFUT", 10, 27), Future("INFY26DECFUT", 12, 24), Future("INFY26NOVFUT", 11, 26)], Day);
        map.NameOf("INFY").ShouldBe("NFO:INFY26NOVFUT");
        map.Mappings["INFY"].Next.ShouldBe("INFY26DECFUT");
        FuturesMap.Of([Future("INFY26NOVFUT", 11, 26), Future("INFY26DECFUT", 12, 24)], new DateOnly(2026, 11, 26)).NameOf("INFY").ShouldBe("NFO:INFY26NOVFUT");
        FuturesMap.Of([Future("INFY26NOVFUT", 11, 26), Future("INFY26DECFUT", 12, 24)], new DateOnly(2026, 11, 27)).NameOf("INFY").ShouldBe("NFO:INFY26DECFUT");
    }

    [Fact]
    public void The_map_is_made_once_a_day_whoever_asks_and_survives_a_restart()
    {
        var market = new FakeMarket(_time);
        market.Contracts.Add(Future("INFY26NOVFUT", 11, 26));
        _time.Run(async () =>
        {
            var book = Book(market);
            await book.MapAsync(Ten, default);
            await book.MapAsync(Ten.AddHours(2), default);
            (await Book(market).MapAsync(Ten.AddHours(3), default)).NameOf("INFY").ShouldBe("NFO:INFY26NOVFUT");
            market.Listings.Count.ShouldBe(1);
            await book.MapAsync(Ten.AddDays(3), default);
            market.Listings.Count.ShouldBe(2);
        });
    }

    [Fact]
    public void While_the_instruments_cannot_be_had_what_has_not_expired_serves()
    {
        var market = new FakeMarket(_time);
        market.Contracts.Add(Future("INFY26NOVFUT", 11, 26));
        _time.Run(async () =>
        {
            await Book(market).MapAsync(Ten, default);
            market.HasInstruments = false;
            (await Book(market).MapAsync(Ten.AddDays(6), default)).NameOf("INFY").ShouldBe("NFO:INFY26NOVFUT");
            (await Book(market).MapAsync(Ten.AddDays(7), default)).NameOf("INFY").ShouldBeNull();
        });
    }

    [Fact]
    public void The_map_is_written_as_specified_and_read_back()
    {
        var map = FuturesMap.Of([Future("INFY26NOVFUT", 11, 26)], Day);
        Encoding.UTF8.GetString(map.ToJson()).ShouldBe(
            """{"metadata":{"last_updated":"2026-11-20","total_mappings":1},"mappings":{"INFY":{"futures_symbol":"INFY26NOVFUT","expiry":"2026-11-26","exchange":"NFO"}},"stats":{"2026-11-26":1}}""");
        FuturesMap.TryParse(map.ToJson())!.Mappings.ShouldBe(map.Mappings);
        FuturesMap.TryParse("{}"u8.ToArray()).ShouldBeNull();
    }

    [Fact]
    public void Roll_overs_are_told()
    {
        var before = FuturesMap.Of([Future("INFY26NOVFUT", 11, 26)], Day);
        var after = FuturesMap.Of([Future("INFY26DECFUT", 12, 24)], Day.AddDays(7));
        after.RollOversFrom(before).Single().To.Symbol.ShouldBe("INFY26DECFUT");
        before.RollOversFrom(before).ShouldBeEmpty();
    }

    private static KiteContract Future(string symbol, int month, int day) => new(1, symbol, "INFY", "NFO", "FUT", new DateOnly(2026, month, day), 0, 300);

    private FuturesBook Book(FakeMarket market) => new(new InstrumentBook(market), new MemoryRecordStore(_disk));
}
