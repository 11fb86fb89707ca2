using System.Text;
using Headgate.Gateway.Tests.Support;
using Headgate.Upstream;

namespace Headgate.Gateway.Tests.Proxy;

/// <summary>Answers passed on, and requests that pass through.</summary>
public sealed class PassedTests : IAsyncLifetime
{
    private static readonly TransportFault Broken = new(TransportPhase.Body, "truncated", "cut");
    private Gate _gate = null!;

    public async Task InitializeAsync() => _gate = await Gate.Start();

    public async Task DisposeAsync() => await _gate.DisposeAsync();

    [Fact]
    public async Task Upstream_errors_pass_unchanged_with_their_headers()
    {
        _gate.Engine.Fetch = (_, _) => Task.FromResult(Results.Passed(
            429, "{\"error_type\":\"x\"}", false, new("Retry-After", "7"), new("X-Kite", "a"), new("x-kite", "b"), new("Cache-Status", "edge; hit"), new("Set-Cookie", "s=1"), new("Content-Type", "application/json")));
        var answer = await _gate.Get("/test/quote");
        answer.Status.ShouldBe(429);
        answer.Body.ShouldBe("{\"error_type\":\"x\"}");
        answer["Retry-After"].ShouldBe("7");
        answer.All("X-Kite").ShouldBe(["a", "b"]);
        answer["Set-Cookie"].ShouldBe("s=1");
        answer.All("Cache-Status").ShouldBe(["edge; hit", "headgate; fwd=method; fwd-status=429"]);
    }

    [Fact]
    public async Task Set_Cookie_is_never_replayed_to_another_caller()
    {
        _gate.Engine.Fetch = (_, _) => Task.FromResult(Results.Passed(404, "x", collapsed: true, new HeaderField("Set-Cookie", "s=1")));
        (await _gate.Get("/test/quote"))["Set-Cookie"].ShouldBeNull();
    }

    [Fact]
    public async Task Large_bodies_stream_first_byte_out_before_the_rest_is_in()
    {
        var rest = new TaskCompletionSource();
        _gate.Engine.Fetch = (_, _) => Task.FromResult(Results.Passed(
            new ScriptedReply([Encoding.Latin1.GetBytes("first-"), Encoding.Latin1.GetBytes("second")], null, rest.Task) { Status = 200, Headers = [], ContentLength = 12 }));
        using var client = _gate.Client();
        client.Send("GET /test/dump HTTP/1.1\r\nHost: x\r\n\r\n");
        (await client.ReadSome(150)).ShouldContain("first-");
        rest.SetResult();
        (await client.Read()).Body.ShouldBe("first-second");
    }

    [Theory]
    [InlineData(12)]
    [InlineData(null)]
    public async Task A_truncated_body_never_reaches_the_client_as_complete(int? length)
    {
        _gate.Engine.Fetch = (_, _) => Task.FromResult(Results.Passed(
            new ScriptedReply([Encoding.Latin1.GetBytes("first-")], Broken) { Status = 200, Headers = [], ContentLength = length }));
        (await _gate.Get("/test/dump")).EndedCleanly.ShouldBeFalse();
    }

    [Fact]
    public async Task A_body_that_breaks_before_its_first_byte_becomes_a_502_problem()
    {
        _gate.Engine.Fetch = (_, _) => Task.FromResult(Results.Passed(new ScriptedReply([], Broken) { Status = 200, Headers = [], ContentLength = 12 }));
        var answer = await _gate.Get("/test/dump");
        answer.Status.ShouldBe(502);
        answer.Type.ShouldBe("upstream-unusable");
        _gate.Engine.Forward = (_, _) => Task.FromResult(Results.Passed(new ScriptedReply([], Broken) { Status = 200, Headers = [], ContentLength = 12 }));
        (await _gate.Ask("POST", "/test/orders", [], "{}")).Type.ShouldBe("outcome-unknown");
    }

    [Fact]
    public async Task A_reader_that_leaves_in_mid_stream_releases_the_reply()
    {
        var reply = new ScriptedReply([Encoding.Latin1.GetBytes("first-"), []], null, new TaskCompletionSource().Task) { Status = 200, Headers = [], ContentLength = 12 };
        var left = new TaskCompletionSource();
        _gate.Engine.Fetch = (_, cancellation) =>
        {
            cancellation.UnsafeRegister(_ => left.TrySetResult(), null);
            return Task.FromResult(Results.Passed(reply));
        };
        using (var client = _gate.Client())
        {
            client.Send("GET /test/dump HTTP/1.1\r\nHost: x\r\n\r\n");
            await client.ReadSome(100);
            client.Leave();
        }

        await left.Task.WaitAsync(TimeSpan.FromSeconds(10));
        SpinWait.SpinUntil(() => reply.IsDisposed, TimeSpan.FromSeconds(10)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task A_write_is_read_whole_and_passes_once_with_the_upstreams_status_and_body(string method)
    {
        _gate.Engine.Forward = (demand, _) => Task.FromResult(Results.Passed(503, "sorry " + Encoding.Latin1.GetString(demand.Request.Body.Span)));
        var answer = await _gate.Ask(method, "/test/orders/regular", ["Content-Type: application/x-www-form-urlencoded"], "a=1&b=%20");
        answer.Status.ShouldBe(503);
        answer.Body.ShouldBe("sorry a=1&b=%20");
        answer["Cache-Status"].ShouldBe("headgate; fwd=method; fwd-status=503");
        var demand = _gate.Engine.Forwarded.Single();
        demand.Request.Method.ShouldBe(method);
        demand.Request.Header("Content-Type").ShouldBe("application/x-www-form-urlencoded");
        _gate.Engine.Tried.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_body_and_no_body_are_told_apart()
    {
        await _gate.Ask("POST", "/test/orders", [], "");
        await _gate.Ask("DELETE", "/test/orders", []);
        _gate.Engine.Forwarded.Select(demand => demand.Request.HasBody).ShouldBe([true, false]);
    }

    [Fact]
    public async Task A_chunked_body_arrives_whole()
    {
        using var client = _gate.Client();
        client.Send("POST /test/orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        (await client.Read()).Status.ShouldBe(200);
        Encoding.Latin1.GetString(_gate.Engine.Forwarded.Single().Request.Body.Span).ShouldBe("abcde");
    }

    [Fact]
    public async Task The_gate_sends_100_only_when_it_reads_the_body_and_never_for_what_it_refuses()
    {
        using (var client = _gate.Client())
        {
            client.Send("POST /test/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            (await client.Read()).Status.ShouldBe(100);
            client.Send("{}");
            (await client.Read()).Status.ShouldBe(200);
        }

        _gate.Engine.Forwarded.Single().Request.Header("Expect").ShouldBeNull();
        using (var client = _gate.Client())
        {
            client.Send("POST /nobody/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            (await client.Read()).Status.ShouldBe(404);
        }
    }

    [Fact]
    public async Task A_client_that_leaves_while_waiting_is_told_to_the_engine()
    {
        var asked = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        _gate.Engine.Forward = async (_, cancellation) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => left.SetResult(), TaskScheduler.Default);
            cancellation.ThrowIfCancellationRequested();
            return default;
        };
        using var client = _gate.Client();
        client.Send("POST /test/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
        client.Leave();
        await left.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_client_that_leaves_while_its_body_is_read_causes_no_call()
    {
        using (var client = _gate.Client())
        {
            client.Send("POST /test/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{\"half\":");
            client.Leave();
        }

        (await _gate.Ask("POST", "/test/orders", [], "{}")).Status.ShouldBe(200);
        _gate.Engine.Forwarded.Single().Request.Body.Length.ShouldBe(2);
    }

    [Fact]
    public async Task HEAD_that_passes_through_keeps_the_declared_length_and_redirects_are_passed_on()
    {
        _gate.Engine.Forward = (demand, _) => Task.FromResult(demand.Request.Method == "HEAD"
            ? Results.Passed(200, "", false, new HeaderField("Content-Length", "1234"))
            : Results.Passed(302, "", false, new HeaderField("Location", "http://elsewhere/")));
        (await _gate.Ask("HEAD", "/test/orders", []))["Content-Length"].ShouldBe("1234");
        (await _gate.Get("/test/orders"))["Location"].ShouldBe("http://elsewhere/");
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task Statuses_without_a_body_pass(int status)
    {
        _gate.Engine.Forward = (_, _) => Task.FromResult(Results.Passed(status, "", false, new HeaderField("ETag", "\"u\"")));
        var answer = await _gate.Get("/test/orders");
        answer.Status.ShouldBe(status);
        answer["ETag"].ShouldBe("\"u\"");
    }
}
