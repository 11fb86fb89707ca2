using Headgate.Desk.Doors;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Tests.Support;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Market;

public sealed class KiteMarketTests
{
    private const string Infy = """{"instrument_token":408065,"timestamp":"2026-11-20 10:00:00","last_price":1501.35,"volume":1200000,"oi":12,"oi_day_high":15,"oi_day_low":9,"depth":{"buy":[{"price":1}]},"ohlc":{"open":1490,"high":1510.5,"low":1488,"close":1495.05}}""";

    private static readonly DateTimeOffset Ten = new(2026, 11, 20, 4, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_quote_is_read_with_exact_prices()
    {
        var set = await Quotes("{\"status\":\"success\",\"data\":{\"NSE:INFY\":" + Infy + "}}");
        set.Quotes["NSE:INFY"].ShouldBe(new KiteQuote(1501.35m, 1_200_000, 1490, 1510.5m, 1488, 1495.05m, 12, 15, 9));
        set.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"last_price":0}""")]
    [InlineData("""{"last_price":-1}""")]
    [InlineData("""{"last_price":null}""")]
    [InlineData("""{"last_price":"12"}""")]
    [InlineData("""{"volume":5}""")]
    [InlineData("""{"last_price":5,"volume":-1}""")]
    [InlineData("""{"last_price":5,"oi":1.5}""")]
    [InlineData("""{"last_price":5,"ohlc":{"open":-3}}""")]
    [InlineData("[1,[2]]")]
    public async Task One_instruments_poison_is_its_own(string poison)
    {
        var set = await Quotes("{\"data\":{\"NSE:BAD\":" + poison + ",\"NSE:INFY\":" + Infy + "}}");
        set.Quotes.Keys.ShouldBe(["NSE:INFY"]);
        set.Problems.Single().ShouldStartWith("NSE:BAD");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("""{"status":"error","data":null}""")]
    [InlineData("""{"data":{"NSE:INFY":{"last_price":5}}""")]
    [InlineData("""{"data":{"NSE:\ud800":{"last_price":5}}}""")]
    public async Task A_body_that_is_not_whole_or_no_text_is_no_data(string body)
    {
        var set = await Quotes(body);
        set.Quotes.ShouldBeEmpty();
        set.Problems.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Four_hundred_and_eighteen_instruments_are_one_ask_and_not_three()
    {
        var door = Door(static _ => FakeDoor.Data("""{"data":{}}"""));
        var names = Enumerable.Range(0, 209).SelectMany(i => new[] { $"NSE:STOCK{i}", $"NFO:STOCK{i}26NOVFUT" }).ToList();
        await new KiteMarket(door).QuotesAsync([.. names, .. names], Ten, "stock", default);
        door.Asks.ShouldHaveSingleItem().NotBefore.ShouldBe(Ten);
    }

    [Fact]
    public async Task A_failed_ask_loses_only_its_own_names()
    {
        var door = Door(static ask => ask.Target.Contains("A0", StringComparison.Ordinal)
            ? FakeDoor.Refused("The limit quote is closed.")
            : FakeDoor.Data("{\"data\":{\"NSE:INFY\":" + Infy + "}}"));
        var set = await new KiteMarket(door, new KiteMarketOptions { BatchMax = 1 }).QuotesAsync(["NSE:A0", "NSE:INFY"], Ten, "stock", default);
        set.Quotes.Keys.ShouldBe(["NSE:INFY"]);
        set.Problems.ShouldBe(["The limit quote is closed."]);
    }

    [Fact]
    public async Task No_ask_is_longer_than_the_server_takes()
    {
        var door = Door(static _ => FakeDoor.Data("""{"data":{}}"""));
        await new KiteMarket(door).QuotesAsync([.. Enumerable.Range(0, 499).Select(i => $"NFO:{new string('X', 60)}{i}")], Ten, "stock", default);
        door.Asks.Count.ShouldBeGreaterThan(1);
        door.Asks.ShouldAllBe(static ask => ask.Target.Length <= 14_000);
    }

    [Fact]
    public async Task Names_with_special_characters_are_escaped()
    {
        var door = Door(static _ => FakeDoor.Data("""{"data":{}}"""));
        await new KiteMarket(door).QuotesAsync(["NSE:M&M", "NSE:NIFTY 50"], Ten, "stock", default);
        door.Asks.Single().Target.ShouldBe("/quote?i=NSE%3AM%26M&i=NSE%3ANIFTY%2050");
    }

    [Fact]
    public async Task No_instruments_are_no_ask()
    {
        var door = Door(static _ => throw new InvalidOperationException());
        (await new KiteMarket(door).QuotesAsync([], Ten, "stock", default)).Quotes.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_day_of_a_history_is_not_cut_off()
    {
        var door = Door(static _ => FakeDoor.Data("""{"data":{"candles":[["2026-11-18T00:00:00+0530",1,3,0.5,2,10,7],["2026-11-19T00:00:00+0530",2,4,1,3.05,20]]}}"""));
        var bars = await new KiteMarket(door).BarsAsync(256265, "day", new DateOnly(2026, 11, 18), new DateOnly(2026, 11, 19), Ten, "atr", default);
        door.Asks.Single().Target.ShouldBe("/instruments/historical/256265/day?from=2026-11-18+00:00:00&to=2026-11-19+23:59:59");
        bars!.Count.ShouldBe(2);
        bars[1].ShouldBe(new KiteBar(new DateTimeOffset(2026, 11, 19, 0, 0, 0, new TimeSpan(5, 30, 0)), 2, 4, 1, 3.05m, 20));
    }

    [Theory]
    [InlineData("""{"data":{"candles":[["2026-11-19T00:00:00+0530",2,1,1,3,20]]}}""")]
    [InlineData("""{"data":{"candles":[["2026-11-19T00:00:00+0530",2,4,1,3,20],["2026-11-18T00:00:00+0530",2,4,1,3,20]]}}""")]
    [InlineData("""{"data":{"candles":[["yesterday",2,4,1,3,20]]}}""")]
    [InlineData("""{"data":{"candles":[["\ud800",2,4,1,3,20]]}}""")]
    [InlineData("""{"data":{"candles":[["2026-11-19T00:00:00+0530",2,4,1,3,20]""")]
    public async Task A_history_with_an_impossible_bar_is_no_history(string body) =>
        (await new KiteMarket(Door(_ => FakeDoor.Data(body))).BarsAsync(1, "day", default, default, Ten, "atr", default)).ShouldBeNull();

    [Fact]
    public async Task Instruments_are_read_by_their_columns_and_quoted_names_keep_their_commas()
    {
        var door = Door(static _ => FakeDoor.Data(
            "instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange\n"
            + "12345,48,NIFTY26NOV26000CE,\"NIFTY, the 50\",0,2026-11-26,26000,0.05,75,CE,NFO-OPT,NFO\nnonsense\n"));
        var contract = (await new KiteMarket(door).InstrumentsAsync("NFO", Ten, "options", default))!.Single();
        contract.ShouldBe(new KiteContract(12345, "NIFTY26NOV26000CE", "NIFTY, the 50", "NFO", "CE", new DateOnly(2026, 11, 26), 26000, 75));
    }

    private static FakeDoor Door(Func<DeskAsk, DeskAnswer> answer) => new(new VirtualTime(), answer);

    private static async Task<QuoteSet> Quotes(string body) => await new KiteMarket(Door(_ => FakeDoor.Data(body))).QuotesAsync(["NSE:INFY", "NSE:BAD"], Ten, "stock", default);
}
