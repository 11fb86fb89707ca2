using System.Net;
using System.Net.Sockets;
using Headgate.Gateway.Tests.Support;
using Headgate.Gateway.Upstream;
using Headgate.Upstream;
using static Headgate.Gateway.Tests.Upstream.TransportCalls;

namespace Headgate.Gateway.Tests.Upstream;

/// <summary>One charge, one arrival, counted at the upstream's own socket.</summary>
public sealed class OneArrivalTests
{
    public static TheoryData<string, string, bool> Matrix()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var method in new[] { "GET", "HEAD", "DELETE", "POST", "PUT", "OPTIONS" })
        {
            foreach (var end in new[] { "FIN", "RST", "hang" })
            {
                data.Add(method, end, true);
                data.Add(method, end, false);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task An_unanswered_call_arrives_exactly_once_on_pooled_and_fresh_connections(string method, string end, bool pooled)
    {
        await using var upstream = new RawUpstream(exchange => exchange.Target == "/warm" ? exchange.Reply("ok") : End(exchange, end));
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        if (pooled)
        {
            await Warm(transport, upstream);
        }

        var before = upstream.Arrivals;
        var connections = upstream.Connections;
        var result = await transport.SendAsync(Attack(upstream, method, end), CancellationToken.None);

        result.Reply.ShouldBeNull();
        result.Fault!.Phase.ShouldBe(TransportPhase.Await);
        result.Fault.Kind.ShouldBe(end switch { "FIN" => "closed", "RST" => "reset", _ => "timeout" });
        // A later call on the same pool proves that nothing of the first one was still to come.
        await Warm(transport, upstream);
        (upstream.Arrivals - before - 1).ShouldBe(1);
        (upstream.Connections - connections).ShouldBeLessThanOrEqualTo(pooled ? 1 : 2);
        transport.OpenTickets.ShouldBe(0);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("POST")]
    public async Task Many_calls_at_once_against_an_upstream_that_closes_half_of_them_arrive_once_each(string method)
    {
        await using var upstream = new RawUpstream(exchange =>
        {
            if (exchange.Arrival % 2 == 0)
            {
                exchange.Fin();
                return Task.CompletedTask;
            }

            return exchange.Reply("ok");
        });
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
            {
                var result = await transport.SendAsync(Call(upstream, method, $"/r{round}-{number}", method == "POST" ? "{}" : null), CancellationToken.None);
                if (result.Reply is { } reply)
                {
                    await ReadAll(reply);
                    await reply.DisposeAsync();
                }
            }));
        }

        upstream.Requests.GroupBy(request => request.Target).ShouldAllBe(group => group.Count() == 1);
        transport.OpenTickets.ShouldBe(0);
    }

    [Fact]
    public async Task A_call_given_up_before_it_is_written_never_arrives()
    {
        await using var upstream = new RawUpstream(exchange => exchange.Reply("ok"));
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        using var leaving = new CancellationTokenSource();
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await transport.SendAsync(Call(upstream), leaving.Token));

        await Warm(transport, upstream);
        upstream.Arrivals.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_kernel_still_holds_of_a_call_given_up_never_arrives()
    {
        // An upstream with a narrow window that does not read: the rest of the request lies in the gate's kernel when its time is up.
        using var upstream = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4 << 10 };
        upstream.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        upstream.Listen();
        using var transport = new HttpUpstreamTransport(TimeProvider.System);
        var body = new byte[512 << 10];
        var result = await transport.SendAsync(
            new UpstreamCall
            {
                Id = 1,
                Provider = "p",
                Method = "POST",
                Origin = new Uri($"http://127.0.0.1:{((IPEndPoint)upstream.LocalEndPoint!).Port}"),
                Target = "/orders",
                Headers = [],
                Body = body,
                HasBody = true,
                Timeout = TimeSpan.FromSeconds(1),
            },
            CancellationToken.None);
        result.Fault!.IsTimeout.ShouldBeTrue();

        using var late = await upstream.AcceptAsync();
        late.ReceiveTimeout = 10_000;
        (await Task.Run(() => ReadToEnd(late))).ShouldBeLessThan(body.Length);
    }

    [Fact]
    public void A_ticket_is_redeemed_once_and_never_after_the_attempt_was_given_up()
    {
        var office = new TicketOffice();
        var call = new UpstreamCall
        {
            Id = 1, Provider = "p", Method = "GET", Origin = new Uri("http://x"), Target = "/", Headers = [], Timeout = TimeSpan.FromSeconds(1),
        };
        office.Issue(new Attempt(call, []), out var first);
        office.Redeem(first).ShouldNotBeNull();
        office.Redeem(first).ShouldBeNull();

        var late = new Attempt(call, []);
        office.Issue(late, out var second);
        late.Abandon();
        office.Redeem(second).ShouldBeNull();
        late.IsSent.ShouldBeFalse();
    }

    private static long ReadToEnd(Socket socket)
    {
        var buffer = new byte[64 << 10];
        var all = 0L;
        try
        {
            while (socket.Receive(buffer) is > 0 and var read)
            {
                all += read;
            }
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            // What was not read by then is gone.
        }

        return all;
    }

    private static UpstreamCall Attack(RawUpstream upstream, string method, string end) =>
        Call(upstream, method, "/attack", method is "POST" or "PUT" ? "{\"a\":1}" : null, end == "hang" ? TimeSpan.FromSeconds(1) : null);

    private static async Task End(RawExchange exchange, string end)
    {
        switch (end)
        {
            case "FIN":
                exchange.Fin();
                break;
            case "RST":
                exchange.Rst();
                break;
            default:
                await exchange.Hang();
                break;
        }
    }

    private static async Task Warm(HttpUpstreamTransport transport, RawUpstream upstream)
    {
        var result = await transport.SendAsync(Call(upstream, target: "/warm"), CancellationToken.None);
        (await ReadAll(result.Reply!)).ShouldBe("ok");
        await result.Reply!.DisposeAsync();
    }
}
