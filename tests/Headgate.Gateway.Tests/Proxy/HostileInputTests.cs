using Headgate.Gateway.Configuration;
using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests.Proxy;

/// <summary>http-contract "Hostile input", on a socket: 4xx or 501 before anything reaches the engine.</summary>
public sealed class HostileInputTests : IAsyncLifetime
{
    private Gate _gate = null!;

    public async Task InitializeAsync() => _gate = await Gate.Start();

    public async Task DisposeAsync()
    {
        _gate.Engine.Tried.ShouldBeEmpty();
        _gate.Engine.Forwarded.ShouldBeEmpty();
        await _gate.DisposeAsync();
    }

    [Theory]
    [InlineData("/test/a%2Fb")]
    [InlineData("/test/../api")]
    [InlineData("/test/%C0%AE")]
    [InlineData("/test/a?b=%0d%0a")]
    [InlineData("/test/a?b=%zz")]
    public async Task A_hostile_target_is_refused(string target)
    {
        using var client = _gate.Client();
        var answer = await client.Get(target);
        answer.Status.ShouldBe(400);
        answer.Type.ShouldBe("hostile-target");
        answer["Content-Type"].ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task NUL_in_the_path_is_refused_bare_by_the_server_underneath() => (await _gate.Get("/test/a%00")).Status.ShouldBe(400);

    [Fact]
    public async Task Queries_over_32_KB_are_414()
    {
        var answer = await _gate.Get("/test/quote?i=" + new string('x', 33 << 10));
        answer.Status.ShouldBe(414);
        answer.Type.ShouldBe("target-too-long");
    }

    [Fact]
    public async Task Lines_beyond_every_bound_are_414_too() => (await _gate.Get("/test/quote?i=" + new string('x', 100 << 10))).Status.ShouldBe(414);

    [Theory]
    [InlineData("TRACE")]
    [InlineData("PROPFIND")]
    [InlineData("get")]
    public async Task TRACE_and_unknown_methods_are_501(string method)
    {
        var answer = await _gate.Ask(method, "/test/quote", []);
        answer.Status.ShouldBe(501);
        answer.Type.ShouldBe("method-not-implemented");
    }

    [Theory]
    [InlineData("GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n")]
    [InlineData("CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("POST /test/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")]
    [InlineData("POST /test/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("GET /test/\u00ff HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /test/a b HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /test/a HTTP/1.1\r\n\r\n")]
    [InlineData("GET /test/a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")]
    [InlineData("GET /test/a HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n")]
    [InlineData("POST /test/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("POST /test/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("POST /test/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\n\r\n")]
    [InlineData("POST /test/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n")]
    [InlineData("POST /test/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n1\r\na\r\n0\r\n\r\n")]
    [InlineData("POST /test/a HTTP/1.1\r\nHost: x\r\nContent-Length : 1\r\n\r\na")]
    [InlineData("GET /test/a HTTP/1.1\r\nHost: x\r\nX-Folded: a\r\n b\r\n\r\n")]
    public async Task Messages_that_two_servers_could_read_differently_are_400(string message)
    {
        using var client = _gate.Client();
        client.Send(message);
        (await client.Read()).Status.ShouldBe(400);
    }

    [Fact]
    public async Task WebSocket_upgrades_get_501_problem_json()
    {
        var answer = await _gate.Get("/test/stream", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13");
        answer.Status.ShouldBe(501);
        answer.Type.ShouldBe("upgrade-not-supported");
    }

    [Fact]
    public async Task A_body_over_the_bound_is_413_by_its_length_and_by_its_bytes()
    {
        await using var small = await Gate.Start(options: new GatewayOptions { BodyBytesMax = 10 });
        using (var client = small.Client())
        {
            client.Send("POST /test/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n");
            var declared = await client.Read();
            declared.Status.ShouldBe(413);
            declared.Type.ShouldBe("body-too-large");
        }

        using (var client = small.Client())
        {
            client.Send("POST /test/orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n8\r\n12345678\r\n0\r\n\r\n");
            (await client.Read()).Status.ShouldBe(413);
        }

        small.Engine.Forwarded.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unusable_deadline_is_400_and_not_silently_ignored()
    {
        (await _gate.Get("/test/quote", "Headgate-Deadline: soon")).Type.ShouldBe("bad-request");
        (await _gate.Get("/test/quote", "Headgate-As-Of-Max: -1s")).Type.ShouldBe("bad-request");
    }
}
