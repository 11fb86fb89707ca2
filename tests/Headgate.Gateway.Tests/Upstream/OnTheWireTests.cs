using System.Text;
using Headgate.Gateway.Tests.Support;
using Headgate.Gateway.Upstream;
using Headgate.Upstream;
using static Headgate.Gateway.Tests.Upstream.TransportCalls;

namespace Headgate.Gateway.Tests.Upstream;

/// <summary>What goes up, byte for byte, and how answers come back.</summary>
public sealed class OnTheWireTests
{
    [Theory]
    [InlineData("/a?a=%7E%2D%41|b")]
    [InlineData("/a//b/?x=1&x=2&&=;")]
    [InlineData("/%7euser/a%20b?sig=%2F+%3d'\"<>^`{}")]
    [InlineData("/a?q=EUR%2FUSD&s=[\"BTCUSDT\"]")]
    [InlineData("//double")]
    [InlineData("/a:b@c,d;e=f!g$h&i*j(k)?")]
    [InlineData("/?")]
    public async Task The_raw_target_is_kept(string target)
    {
        await using var upstream = new RawUpstream(exchange => exchange.Reply(""));
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var result = await transport.SendAsync(Call(upstream, target: target), CancellationToken.None);
        await result.Reply!.DisposeAsync();
        upstream.Requests.Single().RequestLine.ShouldBe($"GET {target} HTTP/1.1");
    }

    [Fact]
    public async Task The_head_is_exactly_what_was_planned()
    {
        await using var upstream = new RawUpstream(exchange => exchange.Reply(""));
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var result = await transport.SendAsync(
            Call(upstream, "GET", "/x", null, null, new("x-b", "2"), new("Content-Type", "text/x"), new("X-A", " 1"), new("x-b", "1, \u00e9"), new("Host", "evil"), new("User-Agent", "a (b) c/d")),
            CancellationToken.None);
        await result.Reply!.DisposeAsync();
        upstream.Requests.Single().Head.ShouldBe(
            $"GET /x HTTP/1.1\r\nHost: {upstream.Origin.Authority}\r\nx-b: 2\r\nContent-Type: text/x\r\nX-A:  1\r\nx-b: 1, \u00e9\r\nUser-Agent: a (b) c/d\r\n\r\n");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(1_000_000)]
    public async Task A_body_goes_up_whole_with_its_length_and_the_connection_is_used_again(int length)
    {
        await using var upstream = new RawUpstream(exchange => exchange.Reply("got " + exchange.Body.Length));
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var body = new string('b', length);
        for (var round = 0; round < 3; round++)
        {
            var result = await transport.SendAsync(Call(upstream, "POST", "/orders", body), CancellationToken.None);
            (await ReadAll(result.Reply!)).ShouldBe("got " + length);
            await result.Reply!.DisposeAsync();
        }

        upstream.Requests.ShouldAllBe(request => Encoding.UTF8.GetString(request.Body) == body && !request.Head.Contains("Expect") && !request.Head.Contains("Ticket"));
        upstream.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Statuses_headers_and_several_lines_of_one_name_come_back_in_order_without_hop_by_hop_ones()
    {
        await using var upstream = new RawUpstream(exchange => exchange.Send(
            "HTTP/1.1 302 Found\r\nSet-Cookie: a=1\r\nLocation: http://elsewhere/\r\nSet-Cookie: b=2\r\nX-Secret-Hop: 1\r\nKeep-Alive: timeout=5\r\n" +
            "Connection: keep-alive, x-secret-hop\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nzz"));
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var result = await transport.SendAsync(Call(upstream), CancellationToken.None);
        await using var reply = result.Reply!;
        reply.Status.ShouldBe(302);
        reply.ContentLength.ShouldBe(2);
        reply.Headers.Where(header => header.Is("Set-Cookie")).Select(header => header.Value).ShouldBe(["a=1", "b=2"]);
        reply.Header("Location").ShouldBe("http://elsewhere/");
        reply.Header("Content-Encoding").ShouldBe("gzip");
        reply.Header("X-Secret-Hop").ShouldBeNull();
        reply.Header("Keep-Alive").ShouldBeNull();
        (await ReadAll(reply)).ShouldBe("zz");
        upstream.Arrivals.ShouldBe(1);
    }

    [Theory]
    [InlineData("Content-Length: 10\r\n\r\nhalf", "truncated")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nwo", "truncated")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "truncated")]
    public async Task A_truncated_body_is_a_fault_and_never_a_proper_end(string rest, string kind)
    {
        await using var upstream = new RawUpstream(async exchange =>
        {
            await exchange.Send("HTTP/1.1 200 OK\r\n" + rest);
            exchange.Fin();
        });
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var result = await transport.SendAsync(Call(upstream), CancellationToken.None);
        await using var reply = result.Reply!;
        var error = await Should.ThrowAsync<UpstreamBodyException>(async () => await ReadAll(reply));
        error.Fault.Phase.ShouldBe(TransportPhase.Body);
        error.Fault.Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task A_body_that_pauses_longer_than_the_call_time_out_is_a_fault()
    {
        await using var upstream = new RawUpstream(async exchange =>
        {
            await exchange.Send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            await exchange.Hang();
        });
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var result = await transport.SendAsync(Call(upstream, timeout: TimeSpan.FromMilliseconds(200)), CancellationToken.None);
        await using var reply = result.Reply!;
        (await Should.ThrowAsync<UpstreamBodyException>(async () => await ReadAll(reply))).Fault.IsTimeout.ShouldBeTrue();
    }

    [Fact]
    public async Task A_reader_that_leaves_is_not_a_fault_of_the_upstream()
    {
        await using var upstream = new RawUpstream(async exchange =>
        {
            await exchange.Send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            await exchange.Hang();
        });
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var result = await transport.SendAsync(Call(upstream), CancellationToken.None);
        await using var reply = result.Reply!;
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Should.ThrowAsync<OperationCanceledException>(async () => await ReadAll(reply, leaving.Token));
    }

    [Fact]
    public async Task Nobody_listening_is_refused_before_the_send()
    {
        Uri origin;
        await using (var gone = new RawUpstream(_ => Task.CompletedTask))
        {
            origin = gone.Origin;
        }

        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var fault = (await transport.SendAsync(To(origin), CancellationToken.None)).Fault!;
        (fault.Phase, fault.Kind).ShouldBe((TransportPhase.Connect, "refused"));
    }

    [Fact]
    public async Task An_unknown_name_is_told_as_such()
    {
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var fault = (await transport.SendAsync(To(new Uri("http://no-such-host.invalid")), CancellationToken.None)).Fault!;
        (fault.Phase, fault.Kind).ShouldBe((TransportPhase.Connect, "name"));
    }

    [Fact]
    public async Task Tls_with_a_peer_that_speaks_none_is_told_as_such()
    {
        await using var upstream = new RawUpstream(exchange => exchange.Reply("plain"));
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var fault = (await transport.SendAsync(To(new Uri($"https://127.0.0.1:{upstream.Origin.Port}"), TimeSpan.FromSeconds(1)), CancellationToken.None)).Fault!;
        fault.Phase.ShouldBe(TransportPhase.Connect);
        fault.Kind.ShouldBeOneOf("tls", "timeout");
    }

    [Theory]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    public async Task Garbage_instead_of_a_head_is_a_protocol_fault(string answer)
    {
        await using var upstream = new RawUpstream(exchange => exchange.Send(answer));
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var fault = (await transport.SendAsync(Call(upstream), CancellationToken.None)).Fault!;
        (fault.Phase, fault.Kind).ShouldBe((TransportPhase.Await, "protocol"));
        upstream.Arrivals.ShouldBe(1);
    }

    [Fact]
    public async Task A_head_beyond_the_bound_is_a_protocol_fault()
    {
        await using var upstream = new RawUpstream(exchange => exchange.Send("HTTP/1.1 200 OK\r\nX: " + new string('x', 70 << 10) + "\r\nContent-Length: 0\r\n\r\n"));
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var fault = (await transport.SendAsync(Call(upstream), CancellationToken.None)).Fault!;
        (fault.Phase, fault.Kind).ShouldBe((TransportPhase.Await, "protocol"));
        upstream.Arrivals.ShouldBe(1);
    }

    [Theory]
    [InlineData("GET", "/a b", "v")]
    [InlineData("GET", "/a", "v\r\nX-Evil: 1")]
    [InlineData("GE T", "/a", "v")]
    public async Task What_would_break_the_message_apart_is_never_sent(string method, string target, string value)
    {
        await using var upstream = new RawUpstream(exchange => exchange.Reply(""));
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var fault = (await transport.SendAsync(Call(upstream, method, target, null, null, new HeaderField("X", value)), CancellationToken.None)).Fault!;
        (fault.Phase, fault.Kind).ShouldBe((TransportPhase.Connect, "protocol"));
        upstream.Arrivals.ShouldBe(0);
    }

    [Fact]
    public async Task A_head_answer_has_a_length_and_no_body()
    {
        await using var upstream = new RawUpstream(exchange => exchange.Send("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n"));
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        await using var reply = (await transport.SendAsync(Call(upstream, "HEAD"), CancellationToken.None)).Reply!;
        reply.ContentLength.ShouldBe(1234);
        (await ReadAll(reply)).ShouldBe("");
    }

    private static UpstreamCall To(Uri origin, TimeSpan? timeout = null) => new()
    {
        Id = 1, Provider = "test", Method = "GET", Origin = origin, Target = "/", Headers = [], Timeout = timeout ?? TimeSpan.FromSeconds(10),
    };
}
