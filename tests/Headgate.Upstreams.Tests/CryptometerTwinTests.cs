using System.Text;
using System.Text.Json;
using Headgate.Testing;
using Headgate.Upstreams.Cryptometer;
using Headgate.Upstreams.Providers;

namespace Headgate.Upstreams.Tests;

public sealed class CryptometerTwinTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [SharedTheory]
    [InlineData("/ls-ratio/?e=binance_futures&pair=avax-usdt&timeframe=4h", "ls_ratio_shape.json")]
    [InlineData("/rapid-movements/", "rapid_movements.json")]
    public void An_answer_has_the_members_and_types_of_the_recorded_one(string target, string fixture)
    {
        var answer = Parse(Ask(target));
        var recorded = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Path("fixtures", "cryptometer", fixture))).RootElement;

        (answer.GetProperty("success").ValueKind, answer.GetProperty("error").ValueKind).ShouldBe((JsonValueKind.String, JsonValueKind.String));
        (answer.GetProperty("success").GetString(), answer.GetProperty("error").GetString()).ShouldBe(("true", "false"));
        foreach (var member in recorded.GetProperty("data")[0].EnumerateObject())
        {
            answer.GetProperty("data")[0].GetProperty(member.Name).ValueKind.ShouldBe(member.Value.ValueKind, member.Name);
        }
    }

    [SharedTheory]
    [InlineData("/ticker/?e=binance&market_pair=AVAX-USDT&api_key=wrong", "200_error.json")]
    [InlineData("/ls-ratio/?e=binance_futures&pair=avaxusdt&timeframe=4h&api_key=demo", "200_no_data.json")]
    public void A_failure_comes_with_status_200_and_says_what_the_recorded_one_says(string target, string fixture)
    {
        var reply = new CryptometerTwin().Handle(new TwinRequest("GET", target, []), Noon);

        reply.Status.ShouldBe(200);
        Parse(reply).ToString().ShouldBe(JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Path("fixtures", "cryptometer", "soft", fixture))).RootElement.GetRawText().ReplaceLineEndings("").Replace("  ", "", StringComparison.Ordinal)
            .Replace(": ", ":", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/ticker/?e=binance&market_pair=AVAX-USDT", 1, "price:Number change_24h:Number volume_24:Number")]
    [InlineData("/ls-ratio/?e=binance_futures&pair=avax-usdt&timeframe=4h", 30, "ratio:String buy:String sell:String close:Number delta:Number timestamp:String")]
    [InlineData("/liquidation-data-v2/?symbol=avax", 1, "binance:Object")]
    [InlineData("/trend-indicator-v3/", 1, "trend_score:Number buy_pressure:Number sell_pressure:Number timestamp:String")]
    [InlineData("/ai-screener/?type=latest", 40, "pair:String symbol:String exchange:String entry_price:Number price_reached:Number pnl:Number side:String entry_time:String status:String")]
    [InlineData("/tickerlist/?e=binance", 1450, "market_pair:String change_24h:Number")]
    [InlineData("/tickerlist-pro/?e=binance", 1450, "market_pair:String pair:String symbol:String price:Number usd_price:Number high:Number low:Number volume_24:Number change_24h:Number change_1h:Number change_7d:Number change_30d:Number change_90d:Number change_ytd:Number")]
    [InlineData("/coinlist/?e=binance", 1450, "pair:String market_pair:String")]
    [InlineData("/cryptocurrency-info/?e=binance&filter=all", 1450, "name:String total_supply:String circulate_supply:String price:Number")]
    [InlineData("/coininfo/", 500, "symbol:String name:String totalSupply:Number circulatingSupply:Number marketCap:Number price:Number")]
    [InlineData("/forex-rates/?source=USD", 20, "symbol:String rate:Number")]
    [InlineData("/ohlcv/?e=binance&pair=AVAX-USDT&timeframe=4h", 100, "timestamp:String open:Number high:Number low:Number close:Number volume:Number buy:Number sell:Number buy_total:Number sell_total:Number tradecount:Number")]
    [InlineData("/24h-trade-volume-v2/?e=binance&pair=AVAX-USDT", 1, "buy:Number sell:Number")]
    [InlineData("/large-trades-activity/?e=binance&pair=AVAX-USDT", 66, "side:String total:Number")]
    [InlineData("/xtrades/?e=binance&symbol=avax", 400, "u_id:String pair:String exchange:String price:Number size:Number total:Number side:String timestamp:String")]
    [InlineData("/open-interest/?e=binance_futures&market_pair=AVAXUSDT", 1, "open_interest:Number")]
    [InlineData("/volatility-index/?e=binance&timeframe=1h", 1450, "pair:String volatility:String price:String avg_price:String change:String volume:String volume_change:String")]
    [InlineData("/merged-trade-volume/?symbol=AVAX&timeframe=1h&exchange_type=spot", 1, "buy:Number sell:Number")]
    public void Every_list_has_the_rows_and_members_of_the_registry(string target, int rows, string members)
    {
        var data = Parse(Ask(target)).GetProperty("data");

        data.GetArrayLength().ShouldBe(rows);
        foreach (var member in members.Split(' ').Select(text => text.Split(':')))
        {
            data[0].GetProperty(member[0]).ValueKind.ToString().ShouldBe(member[1], member[0]);
        }
    }

    [Theory]
    [InlineData("/ai-screener-analysis/?symbol=AVAX", "ratio:String trades:Array")]
    [InlineData("/volume-flow/?timeframe=1h", "inflow:Array outflow:Array")]
    [InlineData("/liquidity-lens/?timeframe=1h", "BTC:Object")]
    [InlineData("/info/", "plan:String")]
    public void Every_object_has_the_members_of_the_registry(string target, string members)
    {
        var data = Parse(Ask(target)).GetProperty("data");
        foreach (var member in members.Split(' ').Select(text => text.Split(':')))
        {
            data.GetProperty(member[0]).ValueKind.ToString().ShouldBe(member[1], member[0]);
        }
    }

    [Fact]
    public void Rows_come_newest_first_and_a_closed_row_never_changes()
    {
        var before = Rows(Noon);
        before.Select(row => row.GetProperty("timestamp").GetString()).ShouldBeInOrder(SortDirection.Descending);
        var after = Rows(Noon.AddMinutes(1));
        after[0].ToString().ShouldNotBe(before[0].ToString());
        after.Skip(1).Select(row => row.ToString()).ShouldBe(before.Skip(1).Select(row => row.ToString()));

        static List<JsonElement> Rows(DateTimeOffset at) => [.. Parse(Ask("/ls-ratio/?e=binance_futures&pair=avax-usdt&timeframe=4h", at)).GetProperty("data").EnumerateArray()];
    }

    [Fact]
    public void A_pair_of_the_list_is_what_its_own_ticker_says()
    {
        var ticker = Parse(Ask("/ticker/?e=binance&market_pair=AVAX-USDT")).GetProperty("data")[0].ToString();
        Parse(Ask("/tickerlist/?e=binance")).GetProperty("data").EnumerateArray().Single(row => row.GetProperty("market_pair").GetString() == "AVAX-USDT").ToString().ShouldBe(ticker);
    }

    [Fact]
    public void A_rapid_movement_stays_as_it_was_told_for_an_hour_and_the_same_seed_tells_the_same()
    {
        var told = Moves(Noon);
        told.Count.ShouldBeGreaterThan(50);
        var later = Moves(Noon.AddMinutes(30));
        told.Where(move => move.At > Noon.AddMinutes(-29)).ShouldAllBe(move => later.Contains(move));
        Moves(Noon).ShouldBe(told);
        Encoding.UTF8.GetString(new CryptometerTwin(new CryptometerOptions { Seed = 2 }).Handle(new TwinRequest("GET", "/rapid-movements/?api_key=demo", []), Noon).Body.Span)
            .ShouldNotBe(Encoding.UTF8.GetString(Ask("/rapid-movements/").Body.Span));

        static List<(string Text, DateTimeOffset At)> Moves(DateTimeOffset at) =>
            [.. Parse(Ask("/rapid-movements/", at)).GetProperty("data").EnumerateArray().Select(row => (row.ToString(), row.GetProperty("timestamp").GetDateTimeOffset()))];
    }

    [Theory]
    [InlineData("/ticker/?market_pair=AVAX-USDT", "Parameter e is missing")]
    [InlineData("/ls-ratio/?e=binance&pair=avax-usdt", "Parameter timeframe is missing")]
    [InlineData("/tickerlist/?e=nowhere", "Invalid exchange")]
    [InlineData("/open-interest/?e=binance_futures&market_pair=AVAX-USDT", "No Data")]
    [InlineData("/liquidation-data-v2/?symbol=AVAX", "No Data")]
    [InlineData("/ticker/?e=binance&market_pair=NOSUCH-USDT", "No Data")]
    [InlineData("/nothing/", "Unknown endpoint")]
    public void A_request_that_is_not_as_documented_fails_in_words(string target, string error)
    {
        var answer = Parse(Ask(target));
        (answer.GetProperty("success").GetString(), answer.GetProperty("error").GetString()).ShouldBe(("false", error));
    }

    [Fact]
    public void The_second_call_of_a_second_and_the_61st_of_a_minute_are_refused()
    {
        var twin = new CryptometerTwin(new CryptometerOptions { Pairs = 50 });
        Refused(0).ShouldBeFalse();
        Refused(0.9).ShouldBeTrue();
        twin.Counters.Violations.ShouldBe(1);
        for (var i = 2; i < 60; i++)
        {
            Refused(i).ShouldBe(false, i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        bool Refused(double second) => Parse(twin.Handle(new TwinRequest("GET", "/trend-indicator-v3/?api_key=demo", []), Noon.AddSeconds(second))).GetProperty("error").GetString() == "Rate limit exceeded";
    }

    private static TwinReply Ask(string target, DateTimeOffset? at = null) =>
        new CryptometerTwin().Handle(new TwinRequest("GET", target + (target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "api_key=demo", []), at ?? Noon);

    private static JsonElement Parse(TwinReply reply) => JsonDocument.Parse(reply.Body).RootElement;
}
