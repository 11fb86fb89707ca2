using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Testing;
using Headgate.Upstreams.CoinbaseExchange;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Tests;

public sealed class CoinbaseTwinTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly CoinbaseTwin _twin = new(
        new CoinbaseOptions(new SyntheticTape(9, Noon.AddDays(-1), SyntheticUniverse.Crypto(), TapeSession.AlwaysOpen))
        {
            Keys = [CoinbaseKey.Demo, new CoinbaseKey("other", "b3RoZXI=", "pass", "profile-other")],
        });

    private DateTimeOffset _now = Noon;

    [SharedTheory]
    [InlineData("/products/BTC-USD/ticker", "ticker.json")]
    [InlineData("/products/BTC-USD/candles?granularity=60", "candles.json")]
    public void An_answer_has_the_members_and_types_of_the_recorded_one(string target, string fixture) =>
        Parse(Get(target).Body).ShouldHaveTheShapeOf(Fixture(fixture));

    [SharedFact]
    public void Stats_have_every_recorded_member()
    {
        var stats = Parse(Get("/products/BTC-USD/stats").Body);

        Fixture("stats.json").EnumerateObject().ShouldAllBe(m => stats.GetProperty(m.Name).ValueKind == m.Value.ValueKind);
    }

    [SharedFact]
    public void Errors_say_what_the_recorded_ones_say()
    {
        Json(Get("/products/NO-SUCH/ticker")).ToJsonString().ShouldBe(Compact("404.json"));
        var replies = Enumerable.Range(0, 16).Select(_ => _twin.Handle(TwinRequest.Get("/products"), _now)).ToList();
        Json(replies[^1]).ToJsonString().ShouldBe(Compact("429_public.json"));
        var signed = Enumerable.Range(0, 31).Select(_ => _twin.Handle(Signed("GET", "/accounts"), _now)).ToList();
        signed.Take(30).ShouldAllBe(r => r.Status == 200);
        Json(signed[^1]).ToJsonString().ShouldBe(Compact("429_private.json"));
    }

    [Fact]
    public void The_public_bucket_is_per_address_and_refills_ten_a_second()
    {
        int At(int ms, string remote = "127.0.0.1") => _twin.Handle(TwinRequest.Get("/time") with { Remote = remote }, Noon.AddMilliseconds(ms)).Status;

        Enumerable.Range(0, 16).Select(_ => At(0)).Count(s => s == 200).ShouldBe(15);
        At(0, "10.0.0.9").ShouldBe(200);
        At(99).ShouldBe(429);
        At(100).ShouldBe(200);
        _twin.Counters.Violations.ShouldBe(2);
        _twin.Counters.Log()[15].BrokenRule.ShouldBe("public 10/s burst 15");
    }

    [Fact]
    public void A_signature_covers_the_exact_target_and_body()
    {
        Status(Signed("GET", "/orders?status=all&limit=%31")).ShouldBe(200);
        Status(Signed("GET", "/orders?status=all&limit=%31") with { RawTarget = "/orders?status=all&limit=1" }).ShouldBe(401);
        Status(Signed("GET", "/orders?status=all") with { Method = "DELETE", RawTarget = "/orders?status=all" }).ShouldBe(401);
        var order = """{"product_id":"BTC-USD","side":"buy","type":"limit","price":"10","size":"1"}""";
        Status(Signed("POST", "/orders", order)).ShouldBe(200);
        Status(Signed("POST", "/orders", order) with { Body = Encoding.UTF8.GetBytes(order + " ") }).ShouldBe(401);
        Status(Signed("GET", "/accounts", at: Noon.AddSeconds(-100))).ShouldBe(401);
        Status(TwinRequest.Get("/accounts")).ShouldBe(401);
    }

    [Fact]
    public void The_signature_is_the_documented_HMAC() =>
        // Computed with: printf '1700000000GET/accounts?x=%%31' | openssl dgst -sha256 -hmac demo-secret -binary | base64
        CoinbaseSignature.Sign("ZGVtby1zZWNyZXQ=", "1700000000", "GET", "/accounts?x=%31", default).ShouldBe("M9ssgm6MhF4azk1Mn6tfVH/1ejv3afLk3TyHi5E39Ks=");

    [Fact]
    public void Orders_are_placed_and_cancelled_exactly_as_often_as_asked()
    {
        var order = """{"product_id":"BTC-USD","side":"buy","type":"limit","price":"10","size":"1"}""";
        var ids = Enumerable.Range(0, 3).Select(_ => Json(Send(Signed("POST", "/orders", order)))["id"]!.GetValue<string>()).ToList();
        ids.Distinct().Count().ShouldBe(3);
        Encoding.UTF8.GetString(Send(Signed("DELETE", $"/orders/{ids[0]}")).Body.Span).ShouldBe($"\"{ids[0]}\"");
        Status(Signed("DELETE", $"/orders/{ids[0]}")).ShouldBe(404);
        Json(Send(Signed("GET", "/orders"))).AsArray().Count.ShouldBe(2);
        Send(Signed("POST", "/orders", """{"product_id":"BTC-USD","side":"sell","type":"market","size":"0.5"}"""));
        Json(Send(Signed("GET", "/fills"))).AsArray().Count.ShouldBe(1);

        var counts = _twin.Counters.Snapshot().ArrivalsByEndpoint;
        counts["order-place"].ShouldBe(4);
        counts["order-cancel"].ShouldBe(2);
    }

    [Fact]
    public void At_most_300_candles_newest_first_and_a_lone_bound_is_ignored()
    {
        string Ask(int minutes) => $"/products/ETH-USD/candles?granularity=60&start={Iso(Noon.AddMinutes(-minutes))}&end={Iso(Noon)}";
        Get(Ask(301)).Status.ShouldBe(400);
        var times = Json(Get(Ask(100))).AsArray().Select(r => r![0]!.GetValue<long>()).ToList();
        times.ShouldBe(times.OrderDescending());
        times.Count.ShouldBe(100);
        Json(Get($"/products/ETH-USD/candles?granularity=60&start={Iso(Noon.AddDays(-99))}")).AsArray().Count.ShouldBe(300);
        Get("/products/ETH-USD/candles?granularity=61").Status.ShouldBe(400);
        Json(Get("/products/ETH-USD/candles?granularity=86400")).AsArray().Count.ShouldBe(300);
    }

    [Fact]
    public void Trades_page_by_id()
    {
        var first = Get("/products/BTC-USD/trades?limit=5");
        var second = Get($"/products/BTC-USD/trades?limit=5&after={first.Header("CB-AFTER")}");

        Ids(first).Last().ShouldBe(Ids(second).First() + 1);
        static List<long> Ids(TwinReply reply) => [.. Json(reply).AsArray().Select(t => t!["trade_id"]!.GetValue<long>())];
    }

    [Theory]
    [InlineData("/products/BTC-USD/trades?before=9223372036854775807&after=0&limit=-1")]
    [InlineData("/products/BTC-USD/trades?before=2147483647&limit=0")]
    [InlineData("/products/BTC-USD/candles?granularity=86400&start=0001-01-01&end=9999-12-31")]
    [InlineData("/products/BTC-USD/candles?granularity=60&start=9999999999999999&end=x")]
    [InlineData("/products/BTC-USD/book?level=9")]
    [InlineData("/products/%00/ticker")]
    public void Strange_input_is_refused_in_the_providers_words(string target) => Get(target).Status.ShouldBeOneOf(200, 400, 404);

    [Fact]
    public void Two_profiles_hold_different_balances()
    {
        var mine = Encoding.UTF8.GetString(Send(Signed("GET", "/accounts")).Body.Span);
        var theirs = Encoding.UTF8.GetString(Send(Signed("GET", "/accounts", key: new CoinbaseKey("other", "b3RoZXI=", "pass", "profile-other"))).Body.Span);

        mine.ShouldNotBe(theirs);
        theirs.ShouldNotContain("profile-demo");
    }

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonNode Json(TwinReply reply) => JsonNode.Parse(reply.Body.Span)!;

    private static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    private static JsonElement Fixture(params string[] path) => Parse(File.ReadAllBytes(SharedFiles.Path(["fixtures", "coinbase-exchange", .. path])));

    private static string Compact(string error) => JsonNode.Parse(Fixture("errors", error).GetRawText())!.ToJsonString();

    private TwinReply Get(string target) => Send(TwinRequest.Get(target));

    private int Status(TwinRequest request) => Send(request).Status;

    private TwinReply Send(TwinRequest request)
    {
        _now = _now.AddMilliseconds(200);
        return _twin.Handle(request, _now);
    }

    private static TwinRequest Signed(string method, string target, string body = "", DateTimeOffset? at = null, CoinbaseKey? key = null)
    {
        key ??= CoinbaseKey.Demo;
        var timestamp = (at ?? Noon).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var bytes = Encoding.UTF8.GetBytes(body);
        return new TwinRequest(
            method,
            target,
            [
                new("CB-ACCESS-KEY", key.Key),
                new("CB-ACCESS-SIGN", CoinbaseSignature.Sign(key.Secret, timestamp, method, target, bytes)),
                new("CB-ACCESS-TIMESTAMP", timestamp),
                new("CB-ACCESS-PASSPHRASE", key.Passphrase),
            ],
            bytes);
    }
}
