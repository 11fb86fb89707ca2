using System.Globalization;
using System.IO.Compression;
using System.Text;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Tests;

public sealed class KiteTwinTests
{
    [Fact]
    public void Items_are_keyed_as_asked_in_order_once_and_unknown_ones_are_absent()
    {
        var data = new TestKite().Data("/quote/ltp?i=NSE:TCS&i=408065&i=NSE%3ANOSUCH&i=NSE%3AINFY&i=NSE:TCS&i=NSE%3ANIFTY+50&i=NSE:M%26M").AsObject();

        data.Select(m => m.Key).ShouldBe(["NSE:TCS", "408065", "NSE:INFY", "NSE:NIFTY 50", "NSE:M&M"]);
        data["408065"]!.ToJsonString().ShouldBe(data["NSE:INFY"]!.ToJsonString());
    }

    [Fact]
    public void All_quote_calls_share_one_limit_per_api_key()
    {
        var other = new KiteAccount("second", "tok", "ZZ0002");
        var sibling = new KiteAccount("demo", "tok2", "DM0003");
        var kite = new TestKite(TestKite.Options(accounts: [KiteAccount.Demo, other, sibling]));
        int At(int ms, string target, string credential = KiteTwin.DemoCredential) =>
            kite.Twin.Handle(TwinRequest.Get(target, TestKite.Auth(credential)), TestKite.Morning.AddMilliseconds(ms)).Status;

        At(0, "/quote?i=NSE:INFY").ShouldBe(200);
        At(500, "/quote/ltp?i=NSE:INFY").ShouldBe(429);
        At(600, "/quote/ohlc?i=NSE:INFY", "token demo:tok2").ShouldBe(429);
        At(700, "/quote/ohlc?i=NSE:INFY", "token second:tok").ShouldBe(200);
        At(800, "/user/profile").ShouldBe(200);
        At(1000, "/quote/ohlc?i=NSE:INFY").ShouldBe(200);

        var counts = kite.Twin.Counters.Snapshot();
        counts.Arrivals.ShouldBe(6);
        counts.ViolationsByClass.ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["quote"] = 2 });
        counts.ArrivalsByEndpoint["quote-ohlc"].ShouldBe(3);
        kite.Twin.Counters.Log()[1].BrokenRule.ShouldBe("quote 1/s");
    }

    [Fact]
    public void Orders_are_held_to_the_minute_and_the_day_as_well()
    {
        var kite = new TestKite();
        var at = TestKite.Morning;
        for (var i = 0; i < 5000; i++)
        {
            at = at.AddMilliseconds(151);
            kite.Twin.Handle(new TwinRequest("DELETE", "/orders/regular/1", [TestKite.Auth()]), at).Status.ShouldBe(404);
        }

        kite.Twin.Handle(new TwinRequest("DELETE", "/orders/regular/1", [TestKite.Auth()]), at.AddSeconds(1)).Status.ShouldBe(429);
        kite.Twin.Counters.Log()[^1].BrokenRule.ShouldBe("order 5000/day");
        kite.Twin.Handle(new TwinRequest("DELETE", "/orders/regular/1", [TestKite.Auth()]), new DateTimeOffset(at.Date.AddDays(1), at.Offset)).Status.ShouldBe(404);

        var burst = new TestKite();
        var verdicts = Enumerable.Range(0, 500).Select(i =>
            burst.Twin.Handle(new TwinRequest("DELETE", "/orders/regular/1", [TestKite.Auth()]), TestKite.Morning.AddMilliseconds(i * 100)).Status).ToList();
        verdicts.IndexOf(429).ShouldBe(400);
    }

    [Theory]
    [InlineData(LimiterKind.FixedWindow)]
    [InlineData(LimiterKind.TokenBucket)]
    public void Another_way_of_counting_can_be_chosen(LimiterKind kind)
    {
        var kite = new TestKite(TestKite.Options(kind));
        int At(int ms) => kite.Twin.Handle(TwinRequest.Get("/quote/ltp?i=NSE:INFY", TestKite.Auth()), TestKite.Morning.AddMilliseconds(ms)).Status;

        At(900).ShouldBe(200);
        At(1100).ShouldBe(kind == LimiterKind.FixedWindow ? 200 : 429);
        At(1950).ShouldBe(kind == LimiterKind.FixedWindow ? 429 : 200);
    }

    [Theory]
    [InlineData("minute", 60)]
    [InlineData("3minute", 100)]
    [InlineData("15minute", 200)]
    [InlineData("60minute", 400)]
    [InlineData("day", 2000)]
    public void A_longer_span_than_the_interval_allows_is_refused(string interval, int days)
    {
        var kite = new TestKite();
        string Ask(int span) =>
            $"/instruments/historical/408065/{interval}?from={TestKite.At(TestKite.Morning.AddDays(-span))}&to={TestKite.At(TestKite.Morning)}";

        kite.Get(Ask(days)).Status.ShouldBe(200);
        var refused = kite.Get(Ask(days + 1));
        refused.Status.ShouldBe(400);
        TestKite.Json(refused)["message"]!.GetValue<string>().ShouldBe($"interval exceeds max limit: {days} days");
    }

    [Theory]
    [InlineData("/quote", 500)]
    [InlineData("/quote/ltp", 1000)]
    [InlineData("/quote/ohlc", 1000)]
    public void More_instruments_than_allowed_are_refused(string path, int max)
    {
        var kite = new TestKite();
        string Ask(int count) => path + "?" + string.Join('&', Enumerable.Range(1, count).Select(i => $"i=NSE:S{i}"));

        kite.Get(Ask(max)).Status.ShouldBe(200);
        var refused = kite.Get(Ask(max + 1));
        refused.Status.ShouldBe(400);
        TestKite.Json(refused)["error_type"]!.GetValue<string>().ShouldBe("InputException");
        kite.Get("/quote/ltp?" + new string('x', 17_000)).Status.ShouldBe(414);
    }

    [Fact]
    public void Accounts_see_their_own_data_and_a_strange_credential_sees_none()
    {
        var kite = new TestKite(TestKite.Options(accounts: [KiteAccount.Demo, new KiteAccount("second", "tok", "ZZ0002")]));
        kite.Send("POST", "/orders/regular", "exchange=NSE&tradingsymbol=INFY&transaction_type=BUY&order_type=MARKET&quantity=5&product=CNC").Status.ShouldBe(200);

        foreach (var path in new[] { "/user/profile", "/user/margins", "/portfolio/holdings", "/portfolio/positions", "/orders", "/trades", "/mf/holdings" })
        {
            var mine = Encoding.UTF8.GetString(kite.Get(path).Body.Span);
            var theirs = Encoding.UTF8.GetString(kite.Get(path, "token second:tok").Body.Span);
            mine.ShouldNotBe(theirs, path);
            kite.Get(path, "token second:demo-access").Status.ShouldBe(403);
            kite.Get(path, "Bearer x").Status.ShouldBe(403);
        }
    }

    [Fact]
    public void An_order_lives_until_it_fills_or_is_cancelled()
    {
        var kite = new TestKite();
        const string Limit = "exchange=NSE&tradingsymbol=INFY&transaction_type=BUY&order_type=LIMIT&quantity=5&product=CNC&price=10.50";
        var id = TestKite.Json(kite.Send("POST", "/orders/regular", Limit))["data"]!["order_id"]!.GetValue<string>();
        for (var i = 0; i < 25; i++)
        {
            kite.Send("PUT", $"/orders/regular/{id}", $"price=1{i}").Status.ShouldBe(200);
        }

        TestKite.Json(kite.Send("PUT", $"/orders/regular/{id}", "price=9"))["error_type"]!.GetValue<string>().ShouldBe("OrderException");
        kite.Send("DELETE", $"/orders/regular/{id}").Status.ShouldBe(200);
        kite.Send("DELETE", $"/orders/regular/{id}").Status.ShouldBe(400);
        kite.Data("/orders")[0]!["status"]!.GetValue<string>().ShouldBe("CANCELLED");
        kite.Data($"/orders/{id}").AsArray().Count.ShouldBe(27);
        kite.Send("POST", "/orders/regular", "exchange=NSE").Status.ShouldBe(400);
    }

    [Fact]
    public void A_lost_answer_is_still_an_order_and_an_error_is_none()
    {
        var kite = new TestKite();
        const string Form = "exchange=NSE&tradingsymbol=INFY&transaction_type=BUY&order_type=MARKET&quantity=5&product=CNC";
        kite.Twin.Faults.Script("order", new TwinFault(TwinFaultKind.Reset));
        kite.Twin.Faults.Script("order", TwinFault.Error(500));
        kite.Send("POST", "/orders/regular", Form).Fault.Kind.ShouldBe(TwinFaultKind.Reset);
        kite.Send("POST", "/orders/regular", Form).Status.ShouldBe(500);

        kite.Data("/orders").AsArray().Count.ShouldBe(1);
        kite.Twin.Counters.Snapshot().ArrivalsByClass["order"].ShouldBe(2);
    }

    [Fact]
    public void A_new_login_ends_the_token_before_it_and_a_logout_ends_the_new_one()
    {
        var kite = new TestKite();
        var checksum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes("demo" + "req" + "demo-secret")));
        kite.Send("POST", "/session/token", "api_key=demo&request_token=req&checksum=00").Status.ShouldBe(403);
        var session = TestKite.Json(kite.Send("POST", "/session/token", $"api_key=demo&request_token=req&checksum={checksum}"))["data"]!;
        var credential = $"token demo:{session["access_token"]!.GetValue<string>()}";

        kite.Get("/user/profile").Status.ShouldBe(403);
        kite.Get("/user/profile", credential).Status.ShouldBe(200);
        kite.Send("DELETE", $"/session/token?api_key=demo&access_token={session["access_token"]!.GetValue<string>()}").Status.ShouldBe(200);
        kite.Get("/user/profile", credential).Status.ShouldBe(403);
    }

    [Fact]
    public void The_dump_is_as_large_as_asked_gzipped_for_those_who_take_it_and_its_tokens_are_unique()
    {
        var kite = new TestKite(TestKite.Options(rows: 60_000));
        var plain = Encoding.UTF8.GetString(kite.Get("/instruments").Body.Span);
        var zipped = kite.Twin.Handle(TwinRequest.Get("/instruments", TestKite.Auth(), new TwinHeader("Accept-Encoding", "gzip, deflate, br")), kite.Now.AddSeconds(9));

        var rows = plain.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows.Length.ShouldBe(60_001);
        rows.Skip(1).Select(r => r[..r.IndexOf(',', StringComparison.Ordinal)]).Distinct().Count().ShouldBe(60_000);
        zipped.Header("Content-Encoding").ShouldBe("gzip");
        using var unzipped = new StreamReader(new GZipStream(new MemoryStream(zipped.Body.ToArray()), CompressionMode.Decompress));
        unzipped.ReadToEnd().ShouldBe(plain);
        Encoding.UTF8.GetString(kite.Get("/instruments/NSE").Body.Span).ShouldContain("\n408065,1594,INFY,INFY,");
    }

    [Fact]
    public void Futures_of_three_months_and_index_options_are_listed_and_quoted()
    {
        var kite = new TestKite();
        var rows = Encoding.UTF8.GetString(kite.Get("/instruments/NFO").Body.Span).Split('\n').Select(r => r.Split(',')).Where(r => r.Length == 12).ToList();
        var futures = rows.Where(r => r[3] == "NIFTY" && r[9] == "FUT").ToList();
        var call = rows.First(r => r[3] == "NIFTY" && r[9] == "CE");

        futures.Select(r => r[2]).ShouldBe(["NIFTY26JANFUT", "NIFTY26FEBFUT", "NIFTY26MARFUT"]);
        futures.Select(r => r[5]).ShouldBe(["2026-01-27", "2026-02-24", "2026-03-31"]);
        var data = kite.Data($"/quote?i=NFO:NIFTY26JANFUT&i=NFO:{call[2]}&i=NSE:NIFTY+50");
        decimal Last(string key) => data[key]!["last_price"]!.GetValue<decimal>();
        Last("NFO:NIFTY26JANFUT").ShouldBeGreaterThan(Last("NSE:NIFTY 50"));
        Last($"NFO:{call[2]}").ShouldBeGreaterThanOrEqualTo(Last("NSE:NIFTY 50") - decimal.Parse(call[6], CultureInfo.InvariantCulture));
        data["NFO:NIFTY26JANFUT"]!["oi"]!.GetValue<long>().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Candles_show_finished_minutes_only_and_agree_with_the_quote()
    {
        var kite = new TestKite();
        kite.Now = TestKite.Morning.AddSeconds(29); // the next call arrives at 10:00:30
        var range = "?from=2026-01-05+09:15:00&to=2026-01-05+15:30:00";
        var minutes = kite.Data("/instruments/historical/408065/minute" + range)["candles"]!.AsArray();
        var hours = kite.Data("/instruments/historical/408065/30minute" + range)["candles"]!.AsArray();

        minutes.Count.ShouldBe(45);
        minutes[^1]![0]!.GetValue<string>().ShouldBe("2026-01-05T09:59:00+0530");
        hours.Select(h => h![0]!.GetValue<string>()).ShouldBe(["2026-01-05T09:15:00+0530", "2026-01-05T09:45:00+0530"]);
        hours[1]![4]!.ToJsonString().ShouldBe(minutes[^1]![4]!.ToJsonString());
        kite.Data("/quote/ohlc?i=NSE:INFY")["NSE:INFY"]!["ohlc"]!["open"]!.ToJsonString().ShouldBe(minutes[0]![1]!.ToJsonString());
    }

    [Fact]
    public void Two_twins_asked_the_same_answer_the_same_bytes()
    {
        string[] targets = ["/quote?i=NSE:INFY&i=NFO:INFY26JANFUT", "/portfolio/positions", "/instruments/NFO", "/user/margins", "/gtt/triggers"];
        var (one, two) = (new TestKite(), new TestKite());

        foreach (var target in targets)
        {
            one.Get(target).Body.Span.SequenceEqual(two.Get(target).Body.Span).ShouldBeTrue(target);
        }
    }

    [Theory]
    [InlineData("GET", "/instruments/historical/408065/minute?from=0001-01-01&to=9999-12-31")]
    [InlineData("GET", "/instruments/historical/99999999999/minute?from=2026-01-01&to=2026-01-02")]
    [InlineData("GET", "/quote?i=")]
    [InlineData("GET", "/quote?%zz=%&i=%00")]
    [InlineData("GET", "/instruments/..%2f")]
    [InlineData("POST", "/margins/orders", "[{\"quantity\":79228162514264337593543950335,\"quantity\":1}]")]
    [InlineData("POST", "/margins/basket", "[{\"exchange\":\"NSE\",\"tradingsymbol\":\"INFY\",\"quantity\":79228162514264337593543950335}]")]
    [InlineData("POST", "/gtt/triggers", "condition={{{&orders=")]
    [InlineData("POST", "/orders/regular", "exchange=NSE&tradingsymbol=INFY&transaction_type=BUY&order_type=MARKET&quantity=9223372036854775807&product=CNC")]
    public void Strange_input_is_refused_in_the_providers_words(string method, string target, string body = "")
    {
        var reply = new TestKite().Send(method, target, body);

        reply.Status.ShouldBeOneOf(200, 400, 404);
        TestKite.Json(reply)["status"]!.GetValue<string>().ShouldBe(reply.Status == 200 ? "success" : "error");
    }

    [Fact]
    public void A_chance_fault_follows_its_seed()
    {
        string Run()
        {
            var kite = new TestKite();
            kite.Twin.Faults.Add(new FaultRule(TwinFault.Error(500)) { ChancePerMillion = 300_000, PathPrefix = "/user" });
            return string.Concat(Enumerable.Range(0, 60).Select(_ => kite.Get("/user/profile").Status == 500 ? 'x' : '.'));
        }

        var run = Run();
        run.ShouldBe(Run());
        run.Count(c => c == 'x').ShouldBeInRange(5, 35);
    }
}
