using System.Text;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Simulation;
using Headgate.Upstream;
using Headgate.Upstreams;

namespace Headgate.Tests.Engine;

/// <summary><c>freshness: origin</c>: RFC 9111 by the upstream's own headers, in virtual time.</summary>
public sealed class OriginCacheTests
{
    private const string Yaml = """
        provider: test
        baseUrl: http://upstream.test/base
        scope: public
        freshness: { ttl: origin, stale: 1h }
        limits:
          address: { permits: 100, per: 1s }
        """;

    private readonly Dictionary<string, Func<UpstreamCall, (int Status, string Body, (string, string)[] Headers)>> _pages = new(StringComparer.Ordinal);
    private EngineWorld _world = null!;

    [Fact]
    public void A_response_is_reused_for_its_max_age_less_the_age_it_came_with()
    {
        Page("/a", _ => (200, "one", [("Cache-Control", "max-age=60"), ("Age", "50")]));
        Run(async () =>
        {
            (await Get("/a")).Kind.ShouldBe(FetchKind.Fetched);
            await _world.Time.Delay(TimeSpan.FromSeconds(9));
            var hit = await Get("/a");
            hit.Kind.ShouldBe(FetchKind.Hit);
            hit.Age.TotalSeconds.ShouldBe(59, 0.5);
            await _world.Time.Delay(TimeSpan.FromSeconds(2));
            (await Get("/a")).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Theory]
    [InlineData("no-store", "")]
    [InlineData("private, max-age=60", "")]
    [InlineData("max-age=60", "Authorization: Basic x")]
    [InlineData("max-age=60, no-cache", "")]
    [InlineData("max-age=0", "")]
    [InlineData("s-maxage=0, max-age=60", "")]
    public void Not_reused(string cacheControl, string request)
    {
        Page("/a", _ => (200, "one", [("Cache-Control", cacheControl)]));
        Run(async () =>
        {
            await Get("/a", Parse(request));
            (await Get("/a", Parse(request))).Kind.ShouldNotBe(FetchKind.Hit);
            _world.Calls.Count.ShouldBe(2);
        });
    }

    [Theory]
    [InlineData("public, max-age=60", "Authorization: Basic x", 200)]
    [InlineData("max-age=60", "Cookie: a=b", 200)]
    [InlineData("max-age=60", "", 404)]
    [InlineData("max-age=60", "", 302)]
    [InlineData("max-age=60", "", 503)]
    [InlineData("no-store, must-understand, max-age=60", "", 200)]
    public void Reused(string cacheControl, string request, int status)
    {
        Page("/a", _ => (status, "one", [("Cache-Control", cacheControl)]));
        Run(async () =>
        {
            await Get("/a", Parse(request));
            var hit = await Get("/a", Parse(request));
            hit.Kind.ShouldBe(FetchKind.Hit);
            hit.Single!.Status.ShouldBe(status);
        });
    }

    [Fact]
    public void A_stale_response_is_validated_and_a_304_brings_its_fields_up_to_date()
    {
        Page("/a", call => Header(call, "If-None-Match") is "\"v1\""
            ? (304, "", [("Cache-Control", "max-age=60"), ("ETag", "\"v1\""), ("X-Seen", "2")])
            : (200, "body", [("Cache-Control", "max-age=1"), ("ETag", "\"v1\""), ("X-Seen", "1"), ("X-Kept", "yes")]));
        Run(async () =>
        {
            await Get("/a");
            await _world.Time.Delay(TimeSpan.FromSeconds(2));
            var validated = await Get("/a");
            Encoding.UTF8.GetString(validated.Single!.Body.Span).ShouldBe("body");
            validated.Single.Headers.ShouldContain(new HeaderField("X-Seen", "2"));
            validated.Single.Headers.ShouldContain(new HeaderField("X-Kept", "yes"));
            await _world.Time.Delay(TimeSpan.FromSeconds(50));
            (await Get("/a")).Kind.ShouldBe(FetchKind.Hit);
            _world.Calls.Count.ShouldBe(2);
        });
    }

    [Fact]
    public void Variants_are_kept_side_by_side_and_none_is_given_to_another_request()
    {
        Page("/a", call => (200, Header(call, "Accept-Language") ?? "none", [("Cache-Control", "max-age=60"), ("Vary", "Accept-Language")]));
        Run(async () =>
        {
            (await Text("/a", "Accept-Language: en")).ShouldBe("en");
            (await Text("/a", "Accept-Language: de")).ShouldBe("de");
            (await Text("/a")).ShouldBe("none");
            (await Get("/a", Parse("Accept-Language: en"))).Kind.ShouldBe(FetchKind.Hit);
            (await Text("/a", "Accept-Language: DE ")).ShouldBe("de");
            _world.Calls.Count.ShouldBe(3);
        });
    }

    [Fact]
    public void Simultaneous_requests_share_one_call_only_where_the_answer_is_for_both()
    {
        Page("/shared", _ => (200, "x", [("Cache-Control", "max-age=60")]));
        Page("/private", _ => (200, "x", [("Cache-Control", "private")]));
        Page("/vary", call => (200, Header(call, "X-Who") ?? "", [("Cache-Control", "max-age=60"), ("Vary", "X-Who")]));
        Run(async () =>
        {
            await Task.WhenAll(Get("/shared"), Get("/shared"));
            _world.Calls.Count.ShouldBe(1);
            await Task.WhenAll(Get("/private"), Get("/private"));
            _world.Calls.Count.ShouldBe(3, "nobody is given what was private to another");
            var texts = await Task.WhenAll(Text("/vary", "X-Who: a"), Text("/vary", "X-Who: b"));
            texts.ShouldBe(["a", "b"]);
        });
    }

    [Fact]
    public void A_cookie_reaches_its_asker_and_nobody_after()
    {
        Page("/a", _ => (200, "x", [("Cache-Control", "max-age=60"), ("Set-Cookie", "id=1")]));
        Run(async () =>
        {
            var first = await Get("/a");
            first.Reply!.Headers.ShouldContain(new HeaderField("Set-Cookie", "id=1"));
            var second = await Get("/a");
            second.Kind.ShouldBe(FetchKind.Hit);
            second.Single!.Headers.ShouldNotContain(header => header.Is("Set-Cookie"));
        });
    }

    [Theory]
    [InlineData("max-age=1", true)]
    [InlineData("max-age=1, must-revalidate", false)]
    [InlineData("s-maxage=1", false)]
    public void A_failing_origin_is_covered_by_what_is_stale_unless_it_forbids_that(string cacheControl, bool covered)
    {
        var fails = false;
        Page("/a", _ => fails ? (500, "down", []) : (200, "x", [("Cache-Control", cacheControl)]));
        Run(async () =>
        {
            await Get("/a");
            fails = true;
            await _world.Time.Delay(TimeSpan.FromSeconds(5));
            var result = await Get("/a");
            result.Kind.ShouldBe(covered ? FetchKind.Stale : FetchKind.Passed);
            _world.Calls.Count.ShouldBe(2, "an answer is not asked for again");
        });
    }

    [Fact]
    public void Stale_while_revalidate_answers_at_once_and_fetches_behind()
    {
        var version = 0;
        Page("/a", _ => (200, $"v{++version}", [("Cache-Control", "max-age=1, stale-while-revalidate=60")]));
        Run(async () =>
        {
            await Get("/a");
            await _world.Time.Delay(TimeSpan.FromSeconds(5));
            var stale = await Get("/a");
            (stale.Kind, stale.Reason).ShouldBe((FetchKind.Stale, "revalidating"));
            await _world.Time.Delay(TimeSpan.FromMilliseconds(500));
            (await Text("/a")).ShouldBe("v2");
        });
    }

    [Fact]
    public void A_write_ends_what_is_held_of_its_target_and_of_what_its_answer_names()
    {
        Page("/a", _ => (200, "x", [("Cache-Control", "max-age=60"), ("Vary", "Accept")]));
        Page("/b", _ => (200, "x", [("Cache-Control", "max-age=60")]));
        Page("/c", _ => (200, "x", [("Cache-Control", "max-age=60")]));
        Run(async () =>
        {
            foreach (var target in (string[])["/a", "/b", "/c"])
            {
                await Get(target);
            }

            Page("/a", _ => (201, "", [("Location", "http://upstream.test/base/b"), ("Content-Location", "http://elsewhere.test/base/c")]));
            await _world.Engine.ForwardAsync(DemandOf("POST", "/a"), default);
            Page("/a", _ => (200, "y", [("Cache-Control", "max-age=60"), ("Vary", "Accept")]));
            (await Text("/a")).ShouldBe("y");
            (await Get("/b")).Kind.ShouldBe(FetchKind.Fetched);
            (await Get("/c")).Kind.ShouldBe(FetchKind.Hit, "another origin's word is nothing here");
        });
    }

    [Fact]
    public void A_head_is_answered_from_the_stored_get_and_updates_it_when_it_had_to_be_asked()
    {
        Page("/a", call => (200, call.Method == "HEAD" ? "" : "body", [("Cache-Control", call.Method == "HEAD" ? "max-age=600" : "max-age=1")]));
        Run(async () =>
        {
            await Get("/a");
            (await Ask("HEAD", "/a")).Kind.ShouldBe(FetchKind.Hit);
            await _world.Time.Delay(TimeSpan.FromSeconds(5));
            await Ask("HEAD", "/a");
            _world.Calls[^1].Method.ShouldBe("HEAD");
            (await Get("/a")).Kind.ShouldBe(FetchKind.Hit);
        });
    }

    [Fact]
    public void A_range_that_is_not_held_goes_up_as_it_stands_and_its_part_is_not_kept()
    {
        Page("/a", call => Header(call, "Range") is null
            ? (200, "0123456789", [("Cache-Control", "max-age=60")])
            : (206, "01", [("Cache-Control", "max-age=60"), ("Content-Range", "bytes 0-1/10")]));
        Run(async () =>
        {
            (await Get("/a", Parse("Range: bytes=0-1"))).Reply!.Status.ShouldBe(206);
            (await Text("/a")).ShouldBe("0123456789");
            (await Get("/a", Parse("Range: bytes=0-1"))).Kind.ShouldBe(FetchKind.Hit, "the edge cuts it from the whole");
        });
    }

    [Fact]
    public void Client_directives_hold_as_everywhere()
    {
        Page("/a", _ => (200, "x", [("Cache-Control", "max-age=10")]));
        Run(async () =>
        {
            (await Get("/a", freshness: new Freshness { OnlyIfCached = true })).Refusal!.Status.ShouldBe(504);
            await Get("/a");
            await _world.Time.Delay(TimeSpan.FromSeconds(5));
            (await Get("/a", freshness: new Freshness { MaxAge = TimeSpan.FromSeconds(4) })).Kind.ShouldBe(FetchKind.Fetched);
            await _world.Time.Delay(TimeSpan.FromSeconds(15));
            (await Get("/a", freshness: new Freshness { MaxStale = TimeSpan.FromSeconds(10) })).Reason.ShouldBe("max-stale");
            (await Get("/a", freshness: new Freshness { MinFresh = TimeSpan.FromSeconds(11) })).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void What_is_kept_survives_a_restart_with_its_variants()
    {
        var disk = new EntryDisk();
        Page("/a", call => (200, Header(call, "Accept") ?? "none", [("Cache-Control", "max-age=600"), ("Vary", "Accept")]));
        Run(
            async () =>
            {
                await Get("/a", Parse("Accept: x/y"));
                await _world.Engine.DisposeAsync();
            },
            disk);
        Run(async () => (await Get("/a", Parse("Accept: x/y"))).Kind.ShouldBe(FetchKind.Hit), disk);
    }

    private void Page(string path, Func<UpstreamCall, (int, string, (string, string)[])> answer) => _pages["/base" + path] = answer;

    private void Run(Func<Task> test, EntryDisk? disk = null)
    {
        _world = new EngineWorld(
            (call, at) =>
            {
                var (status, body, headers) = _pages[call.Target](call);
                return new TwinReply(status, [.. headers.Select(header => new TwinHeader(header.Item1, header.Item2)), new TwinHeader("Date", at.UtcDateTime.ToString("r"))], Encoding.UTF8.GetBytes(body));
            },
            Yaml,
            disk);
        _world.Run(test);
    }

    private Demand DemandOf(string method, string target, HeaderField[]? headers = null, Freshness freshness = default)
    {
        var request = new ClientRequest { Method = method, Target = target, Headers = headers ?? [] };
        return new Demand { Plan = _world.Engine.Plan(_world.Catalogue.Providers["test"], request), Request = request, Freshness = freshness, RequestId = _world.Engine.NextRequestId() };
    }

    private Task<FetchResult> Get(string target, HeaderField[]? headers = null, Freshness freshness = default) => Ask("GET", target, headers, freshness);

    private async Task<FetchResult> Ask(string method, string target, HeaderField[]? headers = null, Freshness freshness = default)
    {
        var demand = DemandOf(method, target, headers, freshness);
        return _world.Engine.TryFetch(demand, out var hit) ? hit : await _world.Engine.FetchAsync(demand, default);
    }

    private async Task<string> Text(string target, string header = "")
    {
        var result = await Get(target, Parse(header));
        return result.Single is { } entry ? Encoding.UTF8.GetString(entry.Body.Span) : await EngineWorld.BodyOf(result);
    }

    private static HeaderField[] Parse(string header) =>
        header.Length == 0 ? [] : [new HeaderField(header.Split(':')[0], header.Split(':', 2)[1].Trim())];

    private static string? Header(UpstreamCall call, string name) => call.Headers.FirstOrDefault(header => header.Is(name)).Value;
}
