using System.Text.Json;
using Headgate.Testing;

namespace Headgate.Upstreams.Tests;

/// <summary>Answers against the recorded ones of Kite's own SDK tests.</summary>
public sealed class KiteShapeTests
{
    private const string Range = "?from=2026-01-02+09:15:00&to=2026-01-02+09:20:00";

    [SharedTheory]
    [InlineData("/quote?i=NSE:INFY", "quote.json", "$.data")]
    [InlineData("/quote/ohlc?i=NSE:INFY", "ohlc.json", "$.data")]
    [InlineData("/quote/ltp?i=NSE:INFY", "ltp.json", "$.data")]
    [InlineData("/quote/ohlc?i=408065&i=NSE:INFY", "ohlc_token_and_symbol_key.json", "")]
    [InlineData("/quote?i=NSE:NOSUCH", "quote_no_data.json", "")]
    [InlineData("/instruments/historical/408065/minute" + Range, "historical_minute.json", "")]
    [InlineData("/user/margins", "margins.json", "")]
    [InlineData("/portfolio/holdings", "holdings.json", "")]
    [InlineData("/portfolio/positions", "positions.json", "")]
    [InlineData("/instruments/trigger_range/buy?i=NSE:INFY&i=NSE:RELIANCE", "trigger_range.json", "")]
    public void An_answer_has_the_members_and_types_of_the_recorded_one(string target, string fixture, string map)
    {
        var answer = Parse(new TestKite().Get(target).Body);

        answer.ShouldHaveTheShapeOf(Fixture(fixture), "$", map);
    }

    [SharedFact]
    public void An_index_quote_has_no_trades_and_no_depth()
    {
        var index = Parse(new TestKite().Get("/quote?i=NSE:NIFTY+50").Body).GetProperty("data").GetProperty("NSE:NIFTY 50");

        index.ShouldHaveTheShapeOf(Fixture("quote_two_keys.json").GetProperty("data").GetProperty("NSE:NIFTY 50"));
    }

    [SharedFact]
    public void Candles_with_oi_have_a_seventh_member()
    {
        var answer = Parse(new TestKite().Get("/instruments/historical/408065/minute" + Range + "&oi=1").Body);

        answer.ShouldHaveTheShapeOf(Fixture("historical_oi.json"));
        answer.GetProperty("data").GetProperty("candles")[0].GetArrayLength().ShouldBe(7);
    }

    [SharedTheory]
    [InlineData("/instruments/historical/408065/minute?from=2025-10-01&to=2025-12-01", "400_interval_exceeds.json", 400)]
    [InlineData("/user/profile", "403_token.json", 403)]
    public void An_error_says_what_the_recorded_one_says(string target, string fixture, int status)
    {
        var reply = status == 403 ? new TestKite().Get(target, "token demo:wrong") : new TestKite().Get(target);

        reply.Status.ShouldBe(status);
        ShouldSay(Parse(reply.Body), Fixture("errors", fixture));
    }

    [SharedFact]
    public void A_call_over_the_limit_is_told_what_the_recorded_one_was_told()
    {
        var kite = new TestKite();
        kite.Get("/quote/ltp?i=NSE:INFY");
        kite.Now = kite.Now.AddMilliseconds(-1001);
        var reply = kite.Get("/quote/ltp?i=NSE:INFY");

        reply.Status.ShouldBe(429);
        reply.Header("Retry-After").ShouldBeNull();
        ShouldSay(Parse(reply.Body), Fixture("errors", "429_too_many_requests.json"));
    }

    [SharedFact]
    public void The_dump_has_the_recorded_columns_and_its_first_rows_parse_alike()
    {
        var lines = System.Text.Encoding.UTF8.GetString(new TestKite().Get("/instruments").Body.Span).Split('\n');
        var recorded = File.ReadAllLines(SharedFiles.Path("fixtures", "kite", "instruments_all.csv"));

        lines[0].ShouldBe(recorded[0].TrimEnd('\r'));
        lines.Where(l => l.Length > 0).ShouldAllBe(l => l.Split(',').Length == recorded[1].Split(',').Length);
    }

    private static void ShouldSay(JsonElement answer, JsonElement recorded)
    {
        foreach (var member in recorded.EnumerateObject())
        {
            answer.GetProperty(member.Name).ToString().ShouldBe(member.Value.ToString());
        }
    }

    private static JsonElement Fixture(params string[] path) => Parse(File.ReadAllBytes(SharedFiles.Path(["fixtures", "kite", .. path])));

    private static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }
}
