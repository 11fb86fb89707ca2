using System.Text.Json;
using Headgate.Testing;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Tests;

public sealed class CompletedTapeTests
{
    private static readonly DateTimeOffset Ten = new(2016, 8, 16, 10, 0, 0, new TimeSpan(5, 30, 0));
    private static readonly DateTimeOffset Midnight = new(2016, 8, 16, 0, 0, 0, new TimeSpan(5, 30, 0));

    private static CompletedTape Day(int seed = 1) => new(
        RecordedTape.Load(SharedFiles.Path("data", "nse_minute", "nse_minute_2016-08-16.csv.gz")),
        seed,
        new Dictionary<string, IReadOnlyList<TapeBar>> { ["INDIAVIX"] = DailyBars.Load(SharedFiles.Path("data", "nse_index", "india_vix_daily.csv.gz"), new TimeSpan(5, 30, 0)) });

    [SharedFact]
    public void What_is_recorded_goes_first_and_made_up_history_joins_it_without_a_jump()
    {
        var tape = Day();
        var recorded = RecordedTape.Load(SharedFiles.Path("data", "nse_minute", "nse_minute_2016-08-16.csv.gz"));
        foreach (var symbol in recorded.Symbols.Where(symbol => symbol.Name != "INDIAVIX"))
        {
            var quote = tape.QuoteAt(symbol.Name, Ten)!.Value;
            var known = recorded.QuoteAt(symbol.Name, Ten)!.Value;
            (quote with { PreviousClose = 0 }).ShouldBe(known with { PreviousClose = 0 });
            var days = tape.Days(symbol.Name, Midnight.AddDays(-90), Midnight, Ten);
            days.Count.ShouldBeGreaterThan(60);
            days[^2].Close.ShouldBe(quote.PreviousClose);
            (Math.Abs(days[^2].Close - known.Open) / known.Open).ShouldBeLessThan(0.01m, symbol.Name);
        }
    }

    [SharedFact]
    public void The_volatility_index_has_its_recorded_past_and_the_index_a_made_up_one()
    {
        var tape = Day();
        var vix = tape.Days("INDIAVIX", Midnight.AddDays(-395), Midnight, Ten);
        vix.Count.ShouldBeInRange(255, 285);
        vix[^2].Close.ShouldBe(13.77m);
        tape.Days("NIFTY 50", Midnight.AddDays(-70), Midnight, Ten).Count.ShouldBeGreaterThan(45);
        tape.Minutes("NIFTY 50", Midnight.AddDays(-5), Ten, Ten).Count.ShouldBeGreaterThan(375 * 2);
        Day(2).LastAt("NIFTY 50", Ten).ShouldNotBe(tape.LastAt("NIFTY 50", Ten));
    }

    [Fact]
    public void A_premium_is_that_of_black_and_scholes()
    {
        // Hull, Options, Futures, and Other Derivatives, example 15.6 has S 42, K 40, r 10 %, sigma 20 %, T 0.5: call 4.76. Here r is the model's own 6.5 %:
        // d1 = 0.6454, d2 = 0.5040, call = 42 N(d1) - 40 e^(-0.0324) N(d2) = 4.27.
        KiteOptionModel.Premium(isCall: true, 42m, 40m, 182, 20m).ShouldBeInRange(4.25m, 4.30m);

        // Put and call of one strike differ by spot less discounted strike.
        var call = KiteOptionModel.Premium(isCall: true, 24_500m, 24_600m, 30, 14m);
        var put = KiteOptionModel.Premium(isCall: false, 24_500m, 24_600m, 30, 14m);
        (call - put).ShouldBeInRange((24_500m - (24_600m * 0.99467m)) - 0.2m, (24_500m - (24_600m * 0.99467m)) + 0.2m);
    }

    [Fact]
    public void Open_interest_moves_through_the_session_between_its_extremes_of_the_day()
    {
        var start = new DateTimeOffset(2026, 11, 20, 9, 15, 0, new TimeSpan(5, 30, 0));
        var twin = new KiteTwin(new KiteOptions(new SyntheticTape(1, start)) { InstrumentRows = 0, Unlimited = true });
        var seen = new HashSet<long>();
        for (var minute = 0; minute <= 375; minute += 15)
        {
            var reply = twin.Handle(new TwinRequest("GET", "/quote?i=NFO:INFY26NOVFUT", [new("Authorization", KiteTwin.DemoCredential)]), start.AddMinutes(minute));
            var quote = JsonDocument.Parse(reply.Body).RootElement.GetProperty("data").GetProperty("NFO:INFY26NOVFUT");
            var oi = quote.GetProperty("oi").GetInt64();
            oi.ShouldBeInRange(quote.GetProperty("oi_day_low").GetInt64(), quote.GetProperty("oi_day_high").GetInt64());
            seen.Add(oi);
        }

        seen.Count.ShouldBeGreaterThan(10);
        twin.Counters.Snapshot().Violations.ShouldBe(0);
    }
}
