using System.Text;
using Headgate.Upstreams.Origin;

namespace Headgate.Upstreams.Tests;

public sealed class OriginTwinTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly OriginTwin _origin = new();

    [Fact]
    public void A_validator_that_still_matches_is_answered_with_304()
    {
        _origin.Put("/a", new OriginResource("hello"u8.ToArray()) { CacheControl = "max-age=60", LastModified = Noon.AddDays(-1) });
        var first = Get("/a");

        first.Header("Cache-Control").ShouldBe("max-age=60");
        Get("/a", new TwinHeader("If-None-Match", $"\"x\", W/{first.Header("ETag")}")).Status.ShouldBe(304);
        Get("/a", new TwinHeader("If-None-Match", "\"x\""), new TwinHeader("If-Modified-Since", first.Header("Last-Modified")!)).Status.ShouldBe(200);
        Get("/a", new TwinHeader("If-Modified-Since", first.Header("Last-Modified")!)).Status.ShouldBe(304);
        _origin.Put("/a", new OriginResource("changed"u8.ToArray()));
        Get("/a", new TwinHeader("If-None-Match", first.Header("ETag")!)).Status.ShouldBe(200);
    }

    [Fact]
    public void Variants_differ_by_the_headers_they_vary_by_and_codings_have_their_own_tags()
    {
        _origin.Put("/v", new OriginResource("x"u8.ToArray()) { Vary = ["Accept-Language"], Gzip = true });
        var english = Get("/v", new TwinHeader("Accept-Language", "en"));
        var hindi = Get("/v", new TwinHeader("Accept-Language", "hi"));
        var zipped = Get("/v", new TwinHeader("Accept-Language", "en"), new TwinHeader("Accept-Encoding", "gzip"));

        Encoding.UTF8.GetString(english.Body.Span).ShouldNotBe(Encoding.UTF8.GetString(hindi.Body.Span));
        english.Header("Vary").ShouldBe("Accept-Language, Accept-Encoding");
        zipped.Header("Content-Encoding").ShouldBe("gzip");
        zipped.Header("ETag").ShouldNotBe(english.Header("ETag"));
    }

    private TwinReply Get(string target, params TwinHeader[] headers) => _origin.Handle(TwinRequest.Get(target, headers), Noon);
}
