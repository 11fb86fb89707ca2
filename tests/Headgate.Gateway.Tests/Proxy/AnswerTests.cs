using System.IO.Compression;
using System.Text;
using Headgate.Caching;
using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests.Proxy;

/// <summary>Answers made from entries, as they stand on the wire.</summary>
public sealed class AnswerTests : IAsyncLifetime
{
    private Gate _gate = null!;

    public async Task InitializeAsync() => _gate = await Gate.Start();

    public async Task DisposeAsync() => await _gate.DisposeAsync();

    [Fact]
    public async Task A_hit_tells_its_age_source_and_id_and_never_reaches_the_slow_path()
    {
        _gate.Engine.Hit = _ => Results.Of(Results.Entry("{\"a\":63.80}", asOf: DateTimeOffset.UnixEpoch.AddMilliseconds(1)), age: 2.9, ttl: 5.9);
        var answer = await _gate.Get("/test/quote?i=A");
        answer.Status.ShouldBe(200);
        answer.Body.ShouldBe("{\"a\":63.80}");
        answer["Content-Type"].ShouldBe("application/json");
        answer["Content-Length"].ShouldBe("11");
        answer["Age"].ShouldBe("2");
        answer["Cache-Status"].ShouldBe("headgate; hit; ttl=5");
        answer["Headgate-As-Of"].ShouldBe("1970-01-01T00:00:00.001Z");
        answer["Headgate-Request-Id"].ShouldBe("1");
        answer["Date"].ShouldNotBeNull();
        answer["Server"].ShouldBeNull();
        _gate.Engine.Fetched.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_never_ends_is_told_with_the_longest_lifetime_a_cache_knows()
    {
        _gate.Engine.Hit = _ => Results.Of(Results.Entry("x"), ttl: TimeSpan.MaxValue.TotalSeconds / 2);
        (await _gate.Get("/test/quote"))["Cache-Status"].ShouldBe("headgate; hit; ttl=2147483648");
    }

    [Fact]
    public async Task A_miss_says_fwd_its_status_and_that_it_was_stored()
    {
        _gate.Engine.Fetch = (_, _) => Task.FromResult(Results.Of(
            Results.Entry("x"), FetchKind.Fetched, age: 0.1, ttl: 0.9, forwarded: true, collapsed: true, reason: "uri-miss", limit: new LimitReport("quote", 1, TimeSpan.FromSeconds(1), 0, TimeSpan.FromMilliseconds(300))));
        var answer = await _gate.Get("/test/quote");
        answer["Cache-Status"].ShouldBe("headgate; fwd=uri-miss; fwd-status=200; stored; collapsed; ttl=0");
        answer["RateLimit-Policy"].ShouldBe("\"quote\";q=1;w=1");
        answer["RateLimit"].ShouldBe("\"quote\";r=0;t=1");
    }

    [Fact]
    public async Task No_store_is_not_reported_as_stored()
    {
        _gate.Engine.Fetch = (_, _) => Task.FromResult(Results.Of(Results.Entry("x"), FetchKind.Fetched, forwarded: true, reason: "uri-miss"));
        (await _gate.Get("/test/quote", "Cache-Control: no-store"))["Cache-Status"]!.ShouldNotContain("stored");
    }

    [Fact]
    public async Task Stale_without_forwarding_is_a_hit_with_a_negative_ttl_and_a_detail()
    {
        _gate.Engine.Fetch = (_, _) => Task.FromResult(Results.Of(Results.Entry("x"), FetchKind.Stale, age: 13, ttl: -11.5, reason: "limit"));
        var answer = await _gate.Get("/test/quote");
        answer.Status.ShouldBe(200);
        answer["Cache-Status"].ShouldBe("headgate; hit; ttl=-12; detail=limit");
        answer["Age"].ShouldBe("13");
    }

    [Fact]
    public async Task Merged_items_are_gathered_in_request_order_under_the_newest_envelope_without_unknown_ones()
    {
        var old = new Envelope("{old:"u8.ToArray(), ","u8.ToArray(), "}"u8.ToArray(), new EngineTime(5));
        var newest = new Envelope("{\"status\":\"success\",\"data\":{"u8.ToArray(), ","u8.ToArray(), "}}"u8.ToArray(), new EngineTime(9));
        _gate.Engine.Hit = _ => Results.Of(
            Results.Entry("", 4, old), Results.Entry("\"B\":63.80", 1, old, asOf: DateTimeOffset.UnixEpoch.AddSeconds(9)),
            Results.Entry("", 2, old), Results.Entry("\"A\":9007199254740993", 3, newest, asOf: DateTimeOffset.UnixEpoch.AddSeconds(8)));
        var answer = await _gate.Get("/test/quote?i=B&i=A");
        answer.Body.ShouldBe("{\"status\":\"success\",\"data\":{\"B\":63.80,\"A\":9007199254740993}}");
        answer["Content-Length"].ShouldBe(answer.Body.Length.ToString());
        answer["Headgate-As-Of"].ShouldBe("1970-01-01T00:00:08.000Z");
        answer["Age"].ShouldBe("2");
    }

    [Fact]
    public async Task One_item_of_a_batch_stands_in_its_envelope_and_an_unknown_one_leaves_it_empty()
    {
        var envelope = new Envelope("{\"data\":{"u8.ToArray(), ","u8.ToArray(), "}}"u8.ToArray(), new EngineTime(9));
        _gate.Engine.Hit = demand => Results.Of(Results.Entry(demand.Request.Target.EndsWith('A') ? "\"A\":1" : "", 1, envelope));
        (await _gate.Get("/test/quote?i=A")).Body.ShouldBe("{\"data\":{\"A\":1}}");
        (await _gate.Get("/test/quote?i=B")).Body.ShouldBe("{\"data\":{}}");
    }

    [Fact]
    public async Task A_large_gather_and_a_large_body_arrive_whole()
    {
        var envelope = new Envelope("["u8.ToArray(), ","u8.ToArray(), "]"u8.ToArray(), new EngineTime(9));
        var item = new string('x', 3_000);
        _gate.Engine.Hit = demand => demand.Request.Target.EndsWith("many", StringComparison.Ordinal)
            ? Results.Of([.. Enumerable.Range(1, 500).Select(version => Results.Entry(item, version, envelope))])
            : Results.Of(Results.Entry(new string('y', 3_000_000)));
        (await _gate.Get("/test/quote?many")).Body.ShouldBe("[" + string.Join(',', Enumerable.Repeat(item, 500)) + "]");
        (await _gate.Get("/test/quote?one")).Body.ShouldBe(new string('y', 3_000_000));
    }

    [Fact]
    public async Task If_None_Match_with_the_present_tag_is_304_without_a_body_and_another_entry_has_another_tag()
    {
        var version = 1L;
        _gate.Engine.Hit = _ => Results.Of(Results.Entry("{\"a\":1}", version));
        using var client = _gate.Client();
        var tag = (await client.Get("/test/quote"))["ETag"]!;
        tag.ShouldStartWith("\"");
        var unchanged = await client.Get("/test/quote", $"If-None-Match: \"other\", {tag}");
        unchanged.Status.ShouldBe(304);
        unchanged["ETag"].ShouldBe(tag);
        unchanged["Age"].ShouldNotBeNull();
        unchanged["Content-Length"].ShouldBeNull();
        (await client.Get("/test/quote", $"If-None-Match: W/{tag}")).Status.ShouldBe(304);
        (await client.Get("/test/quote", "If-None-Match: *")).Status.ShouldBe(304);
        (await client.Get("/test/quote", "If-None-Match: \"x\"")).Status.ShouldBe(200);
        version = 2;
        var changed = await client.Get("/test/quote", $"If-None-Match: {tag}");
        changed.Status.ShouldBe(200);
        changed["ETag"].ShouldNotBe(tag);
    }

    [Fact]
    public async Task A_merged_answer_changes_its_tag_with_any_of_its_entries_and_with_their_order()
    {
        long[] versions = [1, 2, 3];
        _gate.Engine.Hit = _ => Results.Of([.. versions.Select(version => Results.Entry("x", version))]);
        var tags = new HashSet<string>();
        foreach (long[] next in (long[][])[[1, 2, 3], [3, 2, 1], [1, 2, 4], [1, 2], [1, 2, 3, 3]])
        {
            versions = next;
            var tag = (await _gate.Get("/test/quote"))["ETag"]!;
            tags.Add(tag).ShouldBeTrue();
            (await _gate.Get("/test/quote", $"If-None-Match: {tag}")).Status.ShouldBe(304);
        }
    }

    [Fact]
    public async Task Last_Modified_is_repeated_and_answers_If_Modified_Since()
    {
        _gate.Engine.Hit = _ => Results.Of(Results.Entry("x", headers: [new HeaderField("Last-Modified", "Fri, 20 Nov 2026 10:00:00 GMT"), new HeaderField("X-Rid", "7"), new HeaderField("Set-Cookie", "a=1")]));
        var answer = await _gate.Get("/test/quote");
        answer["Last-Modified"].ShouldBe("Fri, 20 Nov 2026 10:00:00 GMT");
        answer["X-Rid"].ShouldBe("7");
        answer["Set-Cookie"].ShouldBeNull();
        (await _gate.Get("/test/quote", "If-Modified-Since: Fri, 20 Nov 2026 10:00:00 GMT")).Status.ShouldBe(304);
        (await _gate.Get("/test/quote", "If-Modified-Since: Fri, 20 Nov 2026 09:59:59 GMT")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task HEAD_has_the_head_of_GET_and_never_a_body()
    {
        _gate.Engine.Hit = _ => Results.Of(Results.Entry("{\"a\":1}"));
        using var client = _gate.Client();
        var head = await client.Ask("HEAD", "/test/quote", []);
        head["Content-Length"].ShouldBe("7");
        (await client.Get("/test/quote")).Body.ShouldBe("{\"a\":1}");
        (await client.Ask("HEAD", "/nobody/quote", [])).Status.ShouldBe(404);
        (await client.Get("/test/quote")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_coded_body_is_served_as_stored_or_decoded_with_a_tag_per_coding(string coding)
    {
        var plain = "{\"a\":\"" + new string('z', 2_000) + "\"}";
        _gate.Engine.Hit = _ => Results.Of(Results.Entry(Encoding.Latin1.GetString(Encode(plain, coding)), coding: coding));
        var coded = await _gate.Get("/test/quote", $"Accept-Encoding: identity;q=0.5, {coding}");
        coded["Content-Encoding"].ShouldBe(coding);
        coded.Body.Length.ShouldBeLessThan(200);
        var decoded = await _gate.Get("/test/quote");
        decoded.Body.ShouldBe(plain);
        decoded["Content-Encoding"].ShouldBeNull();
        decoded["Vary"].ShouldBe("Accept-Encoding");
        coded["Vary"].ShouldBe("Accept-Encoding");
        decoded["ETag"].ShouldNotBe(coded["ETag"]);
        (await _gate.Get("/test/quote", $"Accept-Encoding: {coding};q=0")).Body.ShouldBe(plain);
        (await _gate.Get("/test/quote", "Accept-Encoding: *"))["Content-Encoding"].ShouldBe(coding);
        (await _gate.Get("/test/quote", $"If-None-Match: {coded["ETag"]}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_negative_answer_that_is_kept_keeps_its_status()
    {
        _gate.Engine.Hit = _ => Results.Of(Results.Entry("{\"message\":\"NotFound\"}", status: 404));
        var answer = await _gate.Get("/test/quote", "If-None-Match: *");
        answer.Status.ShouldBe(404);
        answer.Body.ShouldBe("{\"message\":\"NotFound\"}");
    }

    private static byte[] Encode(string text, string coding)
    {
        using var result = new MemoryStream();
        using (Stream encoder = coding switch
        {
            "gzip" => new GZipStream(result, CompressionLevel.Optimal),
            "br" => new BrotliStream(result, CompressionLevel.Optimal),
            _ => new ZLibStream(result, CompressionLevel.Optimal),
        })
        {
            encoder.Write(Encoding.Latin1.GetBytes(text));
        }

        return result.ToArray();
    }
}
