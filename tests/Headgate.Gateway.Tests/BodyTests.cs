using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests;

/// <summary>Codings, large bodies, stalled readers and bad upstreams, through edge, engine and transport between bare sockets.</summary>
public sealed class BodyTests
{
    private const string Definition = """
        provider: shop
        baseUrl: BASE
        limits: { fast: { permits: 100000, per: 1s, scope: provider } }
        defaultLimit: fast
        scope: public
        deadline: 20s
        contentTypes: application/json
        endpoints:
          - name: quote
            match: GET /quote
            limits: [fast]
            batch: { parameter: i, style: repeated, max: 500, urlMax: 14KB, items: $.data, missing: omit, missingTtl: 10s, required: [last_price] }
            freshness: { ttl: 0s, stale: 10m }
          - { name: dump, match: GET /dump, limits: [fast], contentTypes: text/csv, freshness: { ttl: 1h, stale: 1d }, responseMax: 64MB }
          - { name: small, match: 'GET /small/{id}', limits: [fast], freshness: { ttl: 0s, stale: 10m } }
        errors:
          - { status: 429, as: limited }
          - { status: 5xx, as: transient }
          - { status: 200, json: { status: error }, as: transient }
        """;

    private const int TenMegabytes = 10 << 20;

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_coded_body_is_stored_once_and_served_in_any_coding_each_with_a_strong_tag_of_its_own(string coding)
    {
        var plain = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{i},63.80\n"));
        await using var gate = await WholeGate.Start(Definition, exchange => Coded(exchange, coding, plain, cut: 0));

        var coded = await gate.Get("/shop/dump", $"Accept-Encoding: {coding}");
        var decoded = await gate.Get("/shop/dump");
        var another = coding == "gzip" ? "br" : "gzip";
        var other = await gate.Get("/shop/dump", $"Accept-Encoding: {another}");

        (coded["Content-Encoding"], decoded["Content-Encoding"], other["Content-Encoding"]).ShouldBe((coding, null, another));
        Encoding.UTF8.GetString(Unpack(Encoding.Latin1.GetBytes(coded.Body), coding)).ShouldBe(plain);
        decoded.Body.ShouldBe(plain);
        Encoding.UTF8.GetString(Unpack(Encoding.Latin1.GetBytes(other.Body), another)).ShouldBe(plain);
        new[] { coded, decoded, other }.ShouldAllBe(answer => answer["Vary"] == "Accept-Encoding");
        new[] { coded, decoded, other }.ShouldAllBe(answer => answer["ETag"]!.StartsWith('"'));
        new[] { coded, decoded, other }.Select(answer => answer["ETag"]).Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        (await gate.Get("/shop/dump", $"Accept-Encoding: {coding}", $"If-None-Match: {coded["ETag"]}")).Status.ShouldBe(304);
        (await gate.Get("/shop/dump", $"Accept-Encoding: {coding}", $"If-None-Match: {decoded["ETag"]}")).Status.ShouldBe(200, "that tag is of the plain body");
        gate.Upstream.Arrivals.ShouldBe(1);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_coded_body_that_is_cut_inside_is_no_answer(string coding)
    {
        var plain = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{i},63.80\n"));
        await using var gate = await WholeGate.Start(Definition, exchange => Coded(exchange, coding, plain, cut: 200));

        (await gate.Get("/shop/dump", $"Accept-Encoding: {coding}", "Headgate-Deadline: 1s")).Status.ShouldBe(502);
        gate.Engine.Stats().Sum(endpoint => endpoint.FreshHits).ShouldBe(0);
        (await gate.Get("/shop/dump", "Cache-Control: only-if-cached")).Status.ShouldBe(504, "nothing bad is kept");
    }

    [Fact]
    public async Task The_first_byte_of_ten_megabytes_is_out_before_half_is_in_and_a_second_reader_rides_the_same_flight()
    {
        var rest = new TaskCompletionSource();
        await using var gate = await WholeGate.Start(Definition, async exchange =>
        {
            await exchange.Send($"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: {TenMegabytes}\r\n\r\n");
            await exchange.Send(Part('a', TenMegabytes / 4));
            await rest.Task;
            await exchange.Send(Part('b', TenMegabytes - (TenMegabytes / 4)));
        });
        using var first = new RawClient(gate.Url);
        using var second = new RawClient(gate.Url);
        first.Send("GET /shop/dump HTTP/1.1\r\nHost: x\r\n\r\n");
        (await first.ReadSome(2_000)).ShouldContain("aaaa");
        second.Send("GET /shop/dump HTTP/1.1\r\nHost: x\r\n\r\n");
        (await second.ReadSome(2_000)).ShouldContain("aaaa", Case.Sensitive, "the second reader gets what is there already");
        gate.Upstream.Arrivals.ShouldBe(1);

        rest.SetResult();

        (await first.Read()).Body.Length.ShouldBe(TenMegabytes);
        (await second.Read()).Body.Length.ShouldBe(TenMegabytes);
        gate.Upstream.Arrivals.ShouldBe(1);
        var kept = await gate.Get("/shop/dump");
        kept["Cache-Status"]!.ShouldStartWith("headgate; hit");
        kept.Body.Length.ShouldBe(TenMegabytes);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_client_that_joins_a_coded_body_under_way_and_takes_no_coding_gets_it_plain(string coding)
    {
        var rest = new TaskCompletionSource();
        // Random digits hardly shrink: what is out before the rest is enough to be answered with.
        var digits = new Random(1);
        var plain = string.Concat(Enumerable.Range(0, 400_000).Select(_ => $"{digits.Next()}\n"));
        var packed = await Pack(coding, plain);
        await using var gate = await WholeGate.Start(Definition, async exchange =>
        {
            await exchange.Send($"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Encoding: {coding}\r\nContent-Length: {packed.Length}\r\n\r\n");
            await exchange.Send(packed[..(packed.Length / 2)]);
            await rest.Task;
            await exchange.Send(packed[(packed.Length / 2)..]);
        });
        using var first = new RawClient(gate.Url);
        using var second = new RawClient(gate.Url);
        first.Send($"GET /shop/dump HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {coding}\r\n\r\n");
        (await first.ReadSome(2_000)).ShouldContain($"Content-Encoding: {coding}");
        second.Send("GET /shop/dump HTTP/1.1\r\nHost: x\r\n\r\n");
        (await second.ReadSome(2_000)).ShouldNotContain("Content-Encoding");
        rest.SetResult();

        Encoding.UTF8.GetString(Unpack(Encoding.Latin1.GetBytes((await first.Read()).Body), coding)).ShouldBe(plain);
        (await second.Read()).Body.ShouldBe(plain);
        gate.Upstream.Arrivals.ShouldBe(1);
    }

    [Fact]
    public async Task A_stalled_client_delays_nobody_and_many_of_them_hold_one_body()
    {
        await using var gate = await WholeGate.Start(Definition, async exchange =>
        {
            await exchange.Send($"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: {TenMegabytes}\r\n\r\n");
            await exchange.Send(Part('a', TenMegabytes));
        });
        await gate.Get("/shop/dump");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var stalled = Enumerable.Range(0, 20).Select(_ => new RawClient(gate.Url)).ToList();
        try
        {
            stalled.ForEach(client => client.Send("GET /shop/dump HTTP/1.1\r\nHost: x\r\n\r\n"));

            var clock = Stopwatch.StartNew();
            (await gate.Get("/shop/dump")).Body.Length.ShouldBe(TenMegabytes);
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10), "nobody waits for the stalled ones");
            (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(
                60L << 20, "twenty readers that do not read would hold 200 MB if each had a copy; the healthy reader's own copy is part of the measure");
        }
        finally
        {
            stalled.ForEach(client => client.Dispose());
        }
    }

    [Theory]
    [InlineData("down")]
    [InlineData("hanging")]
    [InlineData("garbage")]
    [InlineData("html")]
    [InlineData("empty")]
    [InlineData("truncated")]
    [InlineData("soft error")]
    [InlineData("500")]
    public async Task A_bad_upstream_gives_stale_within_the_allowance_with_the_reason_and_a_clean_refusal_beyond_it(string way)
    {
        var isBad = false;
        await using var gate = await WholeGate.Start(Definition, exchange => isBad ? BadAnswers.GiveAsync(exchange, way) : Good(exchange));
        (await gate.Get("/shop/small/a")).Status.ShouldBe(200);
        (await gate.Get("/shop/quote?i=A&i=B")).Status.ShouldBe(200);
        isBad = true;

        foreach (var target in (string[])["/shop/small/a", "/shop/quote?i=A&i=B"])
        {
            var stale = await gate.Get(target, "Headgate-Deadline: 1500ms");
            stale.Status.ShouldBe(200, $"{way} {target}: {stale.Body}");
            stale.Body.ShouldContain("63.80");
            stale["Cache-Status"]!.ShouldStartWith("headgate; hit; ttl=-");
            stale["Cache-Status"]!.ShouldMatch("detail=\"?(upstream-error|timeout|breaker)", way);
            var refused = await gate.Get(target, "Cache-Control: max-age=0", "Headgate-Deadline: 1500ms");
            refused.Status.ShouldBeOneOf(500, 502, 503, 504);
            refused.Body.ShouldNotContain("63.80");
        }

        // Nothing bad is ever served later: what is held is what was good.
        isBad = false;
        (await gate.Get("/shop/small/a", "Cache-Control: only-if-cached, max-stale=600")).Body.ShouldContain("63.80");
        (await gate.Get("/shop/quote?i=A&i=B", "Cache-Control: only-if-cached, max-stale=600")).Body.ShouldContain("63.80");
    }

    [Fact]
    public async Task A_request_for_ten_thousand_instruments_is_refused_by_its_stated_bound_and_five_thousand_are_split()
    {
        var sizes = new ConcurrentQueue<int>();
        await using var gate = await WholeGate.Start(Definition, exchange =>
        {
            sizes.Enqueue(exchange.Target.Split("i=").Length - 1);
            exchange.Target.Length.ShouldBeLessThanOrEqualTo(14 << 10);
            return Good(exchange);
        });

        var refused = await gate.Get("/shop/quote?" + string.Join('&', Enumerable.Range(0, 10_000).Select(i => $"i={i % 10}{i / 10 % 10}")));
        refused.Status.ShouldBe(414, "ten thousand do not fit the longest query");
        gate.Upstream.Arrivals.ShouldBe(0);

        var split = await gate.Get("/shop/quote?" + string.Join('&', Enumerable.Range(0, 4_000).Select(i => $"i={i:x}")));
        split.Status.ShouldBe(200, split.Body[..Math.Min(300, split.Body.Length)]);
        split.Json.GetProperty("data").EnumerateObject().Count().ShouldBe(4_000);
        sizes.Sum().ShouldBe(4_000);
        sizes.Max().ShouldBeLessThanOrEqualTo(500);
        sizes.Count.ShouldBe(8);
    }

    [Fact]
    public async Task More_instruments_than_one_request_may_name_are_refused_with_the_bound()
    {
        var ports = new MemoryPorts();
        await using var gate = await WholeGate.Start(Definition.Replace("max: 500,", "max: 500, requestMax: 3000,", StringComparison.Ordinal), Good, ports: ports);
        var refused = await gate.Get("/shop/quote?" + string.Join('&', Enumerable.Range(0, 3_001).Select(i => $"i={i:x}")));
        refused.Status.ShouldBe(400);
        refused.Body.ShouldContain("3000");
        gate.Upstream.Arrivals.ShouldBe(0);
    }

    private static Task Good(RawExchange exchange)
    {
        if (exchange.Target.StartsWith("/small", StringComparison.Ordinal))
        {
            return exchange.Reply("{\"last_price\":63.80}", "Content-Type: application/json\r\n");
        }

        var items = exchange.Target[(exchange.Target.IndexOf('?') + 1)..].Split('&').Select(pair => Uri.UnescapeDataString(pair[2..]));
        return exchange.Reply(
            "{\"status\":\"success\",\"data\":{" + string.Join(',', items.Select(item => $"\"{item}\":{{\"last_price\":63.80}}")) + "}}", "Content-Type: application/json\r\n");
    }

    private static async Task Coded(RawExchange exchange, string coding, string plain, int cut)
    {
        var body = (await Pack(coding, plain))[..^cut];
        await exchange.Send($"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Encoding: {coding}\r\nContent-Length: {body.Length}\r\n\r\n");
        await exchange.Send(body);
    }

    private static async Task<byte[]> Pack(string coding, string plain)
    {
        using var packed = new MemoryStream();
        await using (var stream = Packer(packed, coding))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(plain));
        }

        return packed.ToArray();
    }

    private static Stream Packer(Stream to, string coding) => coding switch
    {
        "gzip" => new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true),
        "deflate" => new ZLibStream(to, CompressionLevel.Fastest, leaveOpen: true),
        _ => new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true),
    };

    private static byte[] Unpack(byte[] body, string coding)
    {
        using var source = new MemoryStream(body);
        using Stream stream = coding switch
        {
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            "deflate" => new ZLibStream(source, CompressionMode.Decompress),
            _ => new BrotliStream(source, CompressionMode.Decompress),
        };
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }

    private static byte[] Part(char letter, int bytes)
    {
        var part = new byte[bytes];
        Array.Fill(part, (byte)letter);
        return part;
    }
}
