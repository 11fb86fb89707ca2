using System.IO.Compression;
using System.Text;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests;

/// <summary>http-contract.md through edge, engine and transport, between bare sockets.</summary>
public sealed class EndToEndTests
{
    private const string Definition = """
        provider: shop
        baseUrl: BASE/v1
        identity:
          from: header Authorization
          pattern: 'token (?<limitKey>[^:]+):(?<credential>.+)'
        inject:
          - { to: header Authorization, value: 'token {secret}', secret: SHOP_SECRET }
        limits:
          fast: { permits: 1000, per: 1s, scope: provider }
          slow: { permits: 1, per: 60s, scope: provider }
        defaultLimit: fast
        deadline: 5s
        endpoints:
          - name: quote
            match: GET /quote
            scope: public
            limits: [fast]
            batch: { parameter: i, style: repeated, max: 3, urlMax: 14KB, items: $.data, missing: omit, missingTtl: 10s, required: [last_price] }
            freshness: { ttl: 30s, stale: 10m }
          - name: instant
            match: GET /instant
            scope: public
            limits: [fast]
            freshness: { ttl: 0s, stale: 10m }
          - name: dump
            match: GET /dump
            scope: public
            limits: [fast]
            freshness: { ttl: 30s, stale: 1h }
          - name: scarce
            match: GET /scarce
            scope: public
            limits: [slow]
            freshness: { ttl: 0s, stale: 0s }
          - name: orders
            match: ANY /orders/**
            cache: never
            limits: [fast]
        errors:
          - { status: 429, as: limited }
          - { status: 400-499, as: permanent }
        """;

    [Fact]
    public async Task Overlapping_asks_are_merged_split_and_answered_in_request_order_with_number_text_kept()
    {
        await using var gate = await WholeGate.Start(Definition, Quotes);
        var first = await gate.Get("/shop/quote?i=NSE:B&i=NSE%3AA&i=NSE:B&i=none");
        first.Status.ShouldBe(200, first.Body);
        first.Body.ShouldBe("{\"status\":\"success\",\"data\":{\"NSE:B\":{\"last_price\":63.80},\"NSE:A\":{\"last_price\":63.80}}}");
        first["Cache-Status"]!.ShouldStartWith("headgate; fwd=uri-miss; fwd-status=200; stored");
        var second = await gate.Get("/shop/quote?i=NSE:A");
        second.Body.ShouldBe("{\"status\":\"success\",\"data\":{\"NSE:A\":{\"last_price\":63.80}}}");
        second["Cache-Status"]!.ShouldStartWith("headgate; hit; ttl=");
        second["Age"].ShouldBe("0");
        gate.Upstream.Arrivals.ShouldBe(1);
        var many = await gate.Get("/shop/quote?" + string.Join('&', Enumerable.Range(0, 10).Select(number => "i=N" + number)));
        many.Json.GetProperty("data").EnumerateObject().Select(item => item.Name).ShouldBe(Enumerable.Range(0, 10).Select(number => "N" + number));
        gate.Upstream.Arrivals.ShouldBe(5);
        gate.Upstream.Requests.ShouldAllBe(request => request.Target.StartsWith("/v1/quote?i="));
    }

    [Fact]
    public async Task A_credential_stated_twice_and_differently_is_400_and_no_call()
    {
        await using var gate = await WholeGate.Start(Definition, Quotes);
        var refused = await gate.Get("/shop/quote?i=A", "Authorization: token theirs:x", "Authorization: token mine:y");
        (refused.Status, refused.Type).ShouldBe((400, "bad-request"));
        gate.Upstream.Arrivals.ShouldBe(0);
        (await gate.Get("/shop/quote?i=A", "Authorization: token mine:y", "Authorization: token mine:y")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Simultaneous_asks_for_one_thing_are_one_call()
    {
        var release = new TaskCompletionSource();
        await using var gate = await WholeGate.Start(Definition, async exchange =>
        {
            await release.Task;
            await exchange.Reply("[1]", "Content-Type: application/json\r\n");
        });
        var asks = Enumerable.Range(0, 20).Select(_ => gate.Get("/shop/dump?x=%7E%2D%41|b")).ToList();
        SpinWait.SpinUntil(() => gate.Upstream.Arrivals > 0, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        release.SetResult();
        var answers = await Task.WhenAll(asks);
        answers.ShouldAllBe(answer => answer.Status == 200 && answer.Body == "[1]");
        answers.Count(answer => answer["Cache-Status"]!.Contains("collapsed", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        gate.Upstream.Arrivals.ShouldBe(1);
        gate.Upstream.Requests.Single().Target.ShouldBe("/v1/dump?x=%7E%2D%41|b");
    }

    [Fact]
    public async Task Only_if_cached_with_anything_missing_is_504_and_no_upstream_call()
    {
        await using var gate = await WholeGate.Start(Definition, Quotes);
        await gate.Get("/shop/quote?i=A");
        (await gate.Get("/shop/quote?i=A", "Cache-Control: only-if-cached")).Status.ShouldBe(200);
        var refused = await gate.Get("/shop/quote?i=A&i=B", "Cache-Control: only-if-cached");
        refused.Status.ShouldBe(504);
        refused.Type.ShouldBe("not-cached");
        gate.Upstream.Arrivals.ShouldBe(1);
    }

    [Fact]
    public async Task Max_age_0_and_no_cache_never_get_old_data_not_even_when_the_upstream_is_dead()
    {
        var isDead = false;
        await using var gate = await WholeGate.Start(Definition, exchange =>
        {
            if (isDead)
            {
                exchange.Fin();
                return Task.CompletedTask;
            }

            return Quotes(exchange);
        });
        await gate.Get("/shop/quote?i=A");
        (await gate.Get("/shop/quote?i=A", "Cache-Control: no-cache")).Status.ShouldBe(200);
        gate.Upstream.Arrivals.ShouldBe(2);
        isDead = true;
        (await gate.Get("/shop/quote?i=A", "Cache-Control: max-age=0", "Headgate-Deadline: 1s")).Status.ShouldBeOneOf(502, 503, 504);
        (await gate.Get("/shop/quote?i=A", "Cache-Control: no-cache", "Headgate-Deadline: 1s")).Status.ShouldBeOneOf(502, 503, 504);
        (await gate.Get("/shop/quote?i=A")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_client_that_states_nothing_gets_stale_marked_data_when_a_fresh_answer_cannot_be_had()
    {
        var isDead = false;
        await using var gate = await WholeGate.Start(Definition, exchange =>
        {
            if (isDead)
            {
                exchange.Fin();
                return Task.CompletedTask;
            }

            return exchange.Reply("{\"a\":1}", "Content-Type: application/json\r\n");
        });
        await gate.Get("/shop/instant");
        isDead = true;
        var stale = await gate.Get("/shop/instant", "Headgate-Deadline: 1s");
        stale.Status.ShouldBe(200);
        stale["Cache-Status"]!.ShouldStartWith("headgate; hit; ttl=-");
        stale["Cache-Status"]!.ShouldContain("; detail=");
        stale["Age"].ShouldNotBeNull();
        (await gate.Get("/shop/instant", "Cache-Control: max-age=0, stale-if-error=60", "Headgate-Deadline: 1s")).Status.ShouldBeOneOf(502, 503, 504);
    }

    [Fact]
    public async Task What_cannot_be_had_in_time_is_429_at_once_with_Retry_After_and_retryAt()
    {
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Reply("{\"a\":1}", "Content-Type: application/json\r\n"));
        var first = await gate.Get("/shop/scarce");
        first.Status.ShouldBe(200);
        first["RateLimit-Policy"].ShouldBe("\"slow\";q=1;w=60");
        first["RateLimit"]!.ShouldStartWith("\"slow\";r=0;t=");
        var began = TimeProvider.System.GetTimestamp();
        var refused = await gate.Get("/shop/scarce");
        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(2));
        refused.Status.ShouldBe(429);
        refused.Type.ShouldBe("limited");
        int.Parse(refused["Retry-After"]!).ShouldBeInRange(50, 61);
        refused.Json.GetProperty("retryAt").GetInt64().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddSeconds(40).ToUnixTimeMilliseconds());
        refused.Json.GetProperty("limit").GetString().ShouldBe("shop.slow");
        gate.Upstream.Arrivals.ShouldBe(1);
    }

    [Theory]
    [InlineData("POST", "FIN")]
    [InlineData("DELETE", "FIN")]
    [InlineData("PUT", "RST")]
    public async Task A_write_whose_outcome_cannot_be_known_says_so_and_arrived_once(string method, string end)
    {
        await using var gate = await WholeGate.Start(Definition, exchange =>
        {
            if (end == "FIN")
            {
                exchange.Fin();
            }
            else
            {
                exchange.Rst();
            }

            return Task.CompletedTask;
        });
        var answer = await gate.Ask(method, "/shop/orders/1", ["Authorization: token k:s"], method == "DELETE" ? null : "qty=1");
        answer.Status.ShouldBe(502);
        answer.Type.ShouldBe("outcome-unknown");
        gate.Upstream.Arrivals.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_returns_the_upstreams_status_and_body_unchanged_and_goes_up_byte_for_byte()
    {
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Reply("{\"error_type\":\"InputException\"}", "Content-Type: application/json\r\nX-Rid: 5\r\n", 429));
        var answer = await gate.Ask("POST", "/shop/orders/regular?x=%7E|", ["Authorization: token k:s", "X-B: 2", "X-a: 1", "Priority: u=0", "Headgate-Client: bot"], "a=1&b=%20");
        answer.Status.ShouldBe(429);
        answer.Body.ShouldBe("{\"error_type\":\"InputException\"}");
        answer["X-Rid"].ShouldBe("5");
        var request = gate.Upstream.Requests.Single();
        request.RequestLine.ShouldBe("POST /v1/orders/regular?x=%7E| HTTP/1.1");
        request.Head.ShouldContain($"Host: {gate.Upstream.Origin.Authority}\r\n");
        request.Head.ShouldContain("Authorization: token k:s\r\n");
        request.Head.ShouldNotContain("Priority");
        request.Head.ShouldNotContain("Headgate");
        Encoding.Latin1.GetString(request.Body).ShouldBe("a=1&b=%20");
    }

    [Fact]
    public async Task The_clients_own_100_is_sent_only_once_its_limits_have_room()
    {
        await using var gate = await WholeGate.Start(Definition.Replace("    cache: never\n    limits: [fast]", "    cache: never\n    limits: [slow]", StringComparison.Ordinal), exchange => exchange.Reply("ok"));
        const string Head = "POST /shop/orders/1 HTTP/1.1\r\nHost: x\r\nAuthorization: token k:s\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
        using var client = new RawClient(gate.Url);
        client.Send(Head);
        (await client.Read()).Status.ShouldBe(100);
        client.Send("{}");
        (await client.Read()).Status.ShouldBe(200);
        client.Send(Head);
        var refused = await client.Read();
        refused.Status.ShouldBe(429);
        refused.Type.ShouldBe("limited");
        int.Parse(refused["Retry-After"]!).ShouldBeInRange(50, 61);
        gate.Upstream.Arrivals.ShouldBe(1);
    }

    [Theory]
    [InlineData("HEAD", "/shop/dump")]
    [InlineData("HEAD", "/shop/quote?i=A")]
    public async Task HEAD_is_answered_from_the_GET_it_stands_for_and_never_has_a_body(string method, string target)
    {
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Target.Contains("dump", StringComparison.Ordinal)
            ? exchange.Reply("[1,2]", "Content-Type: application/json\r\n")
            : Quotes(exchange));
        var head = await gate.Ask(method, target, []);
        head.Status.ShouldBe(200);
        var got = await gate.Get(target);
        head["Content-Length"].ShouldBe(got.Body.Length.ToString());
        gate.Upstream.Requests.Single().RequestLine.ShouldStartWith("GET ");
    }

    [Fact]
    public async Task Gzip_bodies_are_stored_once_and_served_in_any_coding_the_client_accepts()
    {
        var plain = "[" + string.Join(',', Enumerable.Repeat("12345", 500)) + "]";
        await using var gate = await WholeGate.Start(Definition, async exchange =>
        {
            using var packed = new MemoryStream();
            await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                await gzip.WriteAsync(Encoding.Latin1.GetBytes(plain));
            }

            await exchange.Send($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n");
            await exchange.Send(packed.ToArray());
        });
        var coded = await gate.Get("/shop/dump", "Accept-Encoding: gzip");
        coded["Content-Encoding"].ShouldBe("gzip");
        var decoded = await gate.Get("/shop/dump");
        decoded.Body.ShouldBe(plain);
        decoded["Content-Encoding"].ShouldBeNull();
        decoded["ETag"].ShouldNotBe(coded["ETag"]);
        (decoded["Vary"], coded["Vary"]).ShouldBe(("Accept-Encoding", "Accept-Encoding"));
        (await gate.Get("/shop/dump", $"If-None-Match: {decoded["ETag"]}")).Status.ShouldBe(304);
        gate.Upstream.Arrivals.ShouldBe(1);
    }

    [Fact]
    public async Task Large_bodies_stream_on_a_miss_and_a_truncated_one_never_reaches_the_client_as_complete()
    {
        var rest = new TaskCompletionSource();
        var isCut = false;
        const int Half = 600_000;
        await using var gate = await WholeGate.Start(Definition, async exchange =>
        {
            await exchange.Send($"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: {2 * Half}\r\n\r\n" + new string('a', Half));
            await rest.Task;
            if (isCut)
            {
                exchange.Fin();
                return;
            }

            await exchange.Send(new string('b', Half));
        });
        using (var client = new RawClient(gate.Url))
        {
            client.Send("GET /shop/orders/dump HTTP/1.1\r\nHost: x\r\nAuthorization: token k:s\r\n\r\n");
            (await client.ReadSome(2_000)).ShouldContain("aaaa");
            rest.SetResult();
            var whole = await client.Read();
            whole.EndedCleanly.ShouldBeTrue();
            whole.Body.Length.ShouldBe(2 * Half);
        }

        isCut = true;
        (await gate.Get("/shop/orders/dump", "Authorization: token k:s")).EndedCleanly.ShouldBeFalse();
    }

    [Fact]
    public async Task The_gates_own_secret_goes_with_callers_that_bring_none_and_never_shows()
    {
        var ports = new MemoryPorts();
        ports.Secrets["SHOP_SECRET"] = "key:hidden";
        await using var gate = await WholeGate.Start(Definition, Quotes, ports: ports);
        (await gate.Get("/shop/quote?i=A")).Status.ShouldBe(200);
        gate.Upstream.Requests.Single().Head.ShouldContain("Authorization: token key:hidden\r\n");
        (await gate.Get("/shop/quote?i=A", "Origin: http://evil.example")).Type.ShouldBe("foreign-origin");
        foreach (var page in new[] { "/metrics", "/api/v1/gate/budgets", "/api/v1/gate/providers", "/api/v1/gate/stats", "/api/v1/gate/explain/1" })
        {
            var answer = await gate.Get(page);
            answer.Status.ShouldBe(200);
            answer.Body.ShouldNotContain("hidden");
        }
    }

    [Fact]
    public async Task Every_decision_can_be_asked_for_by_request_id()
    {
        await using var gate = await WholeGate.Start(Definition, Quotes);
        var id = (await gate.Get("/shop/quote?i=A"))["Headgate-Request-Id"];
        var explanation = (await gate.Get("/api/v1/gate/explain/" + id)).Json;
        explanation.GetProperty("endpoint").GetString().ShouldBe("shop.quote");
        explanation.GetProperty("steps").GetArrayLength().ShouldBeGreaterThan(0);
        var hit = (await gate.Get("/shop/quote?i=A"))["Headgate-Request-Id"];
        (await gate.Get("/api/v1/gate/explain/" + hit)).Json.GetProperty("steps")[0].GetProperty("decision").GetString().ShouldBe("hit");
        (await gate.Get("/metrics")).Body.ShouldContain("headgate_upstream_calls_total{endpoint=\"shop.quote\"} 1\n");
    }

    [Fact]
    public async Task A_client_profile_gives_its_freshness_to_asks_that_state_none()
    {
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Reply("{\"a\":1}", "Content-Type: application/json\r\n"), new GatewayOptions
        {
            Clients = new Dictionary<string, ClientProfile>
            {
                ["monitor"] = new() { Endpoints = new Dictionary<string, ProfileFreshness> { ["shop.instant"] = new(TimeSpan.FromMinutes(1), null) } },
            },
        });
        for (var round = 0; round < 3; round++)
        {
            (await gate.Get("/shop/instant", "Headgate-Client: monitor")).Status.ShouldBe(200);
        }

        gate.Upstream.Arrivals.ShouldBe(1);
        await gate.Get("/shop/instant");
        gate.Upstream.Arrivals.ShouldBe(2);
    }

    private static Task Quotes(RawExchange exchange)
    {
        var items = exchange.Target[(exchange.Target.IndexOf('?') + 1)..].Split('&').Select(pair => Uri.UnescapeDataString(pair[2..])).Where(item => item != "none");
        return exchange.Reply(
            "{\"status\":\"success\",\"data\":{" + string.Join(',', items.Select(item => $"\"{item}\":{{\"last_price\":63.80}}")) + "}}", "Content-Type: application/json\r\n");
    }
}
