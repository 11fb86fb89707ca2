using System.Text;
using Headgate.Gateway.Proxy;
using Headgate.Gateway.Tests.Support;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Tests.Proxy;

/// <summary>A body stored in one coding, asked for in every other (RFC 9110 §12.5.3).</summary>
public sealed class CodingsTests : IAsyncLifetime
{
    private const string Plain = "symbol,price\nINFY,63.80\nINFY,63.80\nINFY,63.80\n";

    private Gate _gate = null!;

    public static TheoryData<string, string?, string?> Matrix()
    {
        var data = new TheoryData<string, string?, string?>();
        foreach (var stored in (string[])["gzip", "deflate", "br"])
        {
            data.Add(stored, null, "identity");
            data.Add(stored, "", "identity");
            data.Add(stored, "gzip", "gzip");
            data.Add(stored, "x-gzip", "gzip");
            data.Add(stored, "BR", "br");
            data.Add(stored, "deflate", "deflate");
            data.Add(stored, "gzip, deflate, br", stored);
            data.Add(stored, "zstd", "identity");
            data.Add(stored, "*", stored);
            data.Add(stored, $"{stored};q=0", "identity");
            data.Add(stored, $"{stored};q=0, *", stored == "gzip" ? "br" : "gzip");
            data.Add(stored, "br;q=0.2, gzip;q=0.9", "gzip");
            data.Add(stored, "gzip;q=0.2, br;q=0.9", "br");
            data.Add(stored, "identity, gzip;q=0.5", "identity");
            data.Add(stored, "identity;q=0.5, gzip", "gzip");
            data.Add(stored, "identity;q=0, *;q=0.1", stored);
            data.Add(stored, "*;q=0", null);
            data.Add(stored, "identity;q=0", null);
            data.Add(stored, "identity;q=0, zstd", null);
            data.Add(stored, "*;q=0, deflate", "deflate");
            data.Add(stored, "*;q=0, identity", "identity");
        }

        return data;
    }

    public async Task InitializeAsync() => _gate = await Gate.Start();

    public async Task DisposeAsync() => await _gate.DisposeAsync();

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task A_stored_body_is_served_in_the_coding_the_client_wants_most(string stored, string? acceptEncoding, string? expected)
    {
        _gate.Engine.Hit = _ => Results.Of(Coded(stored));
        string[] headers = acceptEncoding is null ? [] : [$"Accept-Encoding: {acceptEncoding}"];

        var answer = await _gate.Get("/test/quote", headers);

        answer["Vary"].ShouldBe("Accept-Encoding");
        if (expected is null)
        {
            (answer.Status, answer.Type).ShouldBe((406, "not-acceptable"));
            return;
        }

        answer.Status.ShouldBe(200);
        answer["Content-Encoding"].ShouldBe(expected == "identity" ? null : expected);
        var body = Encoding.Latin1.GetBytes(answer.Body);
        Encoding.Latin1.GetString(expected == "identity" ? body : Codings.Decode(body, expected, 1 << 20)).ShouldBe(Plain);
        answer["ETag"]!.ShouldEndWith(expected == "identity" ? "-1\"" : $"-{expected}\"");

        var head = await _gate.Ask("HEAD", "/test/quote", headers);
        (head.Status, head.Body, head["Content-Length"], head["ETag"]).ShouldBe((200, "", body.Length.ToString(), answer["ETag"]));
        var same = await _gate.Get("/test/quote", [.. headers, $"If-None-Match: {answer["ETag"]}"]);
        (same.Status, same["ETag"], same["Vary"]).ShouldBe((304, answer["ETag"], "Accept-Encoding"));
    }

    [Fact]
    public async Task Each_coding_has_a_tag_of_its_own_that_fits_no_other()
    {
        _gate.Engine.Hit = _ => Results.Of(Coded("gzip"));
        var tags = new List<string>();
        foreach (var coding in (string[])["gzip", "br", "deflate", "identity"])
        {
            tags.Add((await _gate.Get("/test/quote", $"Accept-Encoding: {coding}"))["ETag"]!);
        }

        tags.Distinct(StringComparer.Ordinal).Count().ShouldBe(4);
        tags.ShouldAllBe(tag => tag.StartsWith('"'));
        (await _gate.Get("/test/quote", "Accept-Encoding: br", $"If-None-Match: {tags[0]}, {tags[2]}, {tags[3]}")).Status.ShouldBe(200);
        (await _gate.Get("/test/quote", "Accept-Encoding: br", $"If-None-Match: {tags[0]}, {tags[1]}")).Status.ShouldBe(304);
    }

    [Fact]
    public async Task A_body_is_recoded_once_however_many_ask_and_kept_within_the_bound()
    {
        var transcodings = new Transcodings(keptBytesMax: 1_000, decodedBytesMax: 1 << 20);
        var entry = Coded("gzip");

        var bodies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => transcodings.Get(entry, "br")));

        bodies.ShouldAllBe(body => ReferenceEquals(body, bodies[0]));
        for (var i = 0; i < 20; i++)
        {
            await transcodings.Get(Coded("gzip"), Codings.Identity);
        }

        SpinWait.SpinUntil(() => transcodings.Use is { Bytes: > 0 and <= 1_000 }, TimeSpan.FromSeconds(10)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_body_that_unfolds_beyond_the_bound_is_not_kept_and_not_retried_from_memory()
    {
        var transcodings = new Transcodings(keptBytesMax: 1_000, decodedBytesMax: 10);
        await Should.ThrowAsync<InvalidDataException>(() => transcodings.Get(Coded("gzip"), Codings.Identity));
        SpinWait.SpinUntil(() => transcodings.Use is { Count: 0, Bytes: 0 }, TimeSpan.FromSeconds(10)).ShouldBeTrue();
    }

    [Fact]
    public void Several_lines_are_read_as_one()
    {
        Codings.Choose(new StringValues(["gzip;q=0", "br;q=0.3", "identity;q=0.1"]), "gzip").ShouldBe("br");
    }

    private static Headgate.Caching.Entry Coded(string coding) =>
        Results.Entry(Encoding.Latin1.GetString(Codings.Encode(Encoding.Latin1.GetBytes(Plain), coding)), coding: coding);
}
