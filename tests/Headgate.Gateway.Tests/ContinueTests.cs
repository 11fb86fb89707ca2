using Headgate.Gateway.Configuration;
using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests;

/// <summary>Writes that ask before they send their body (<c>Expect: 100-continue</c>), between bare sockets.</summary>
public sealed class ContinueTests
{
    private const string Definition = """
        provider: shop
        baseUrl: BASE
        scope: public
        deadline: 5s
        limits:
          one: { permits: 1, per: 60s, scope: provider }
          two: { permits: 2, per: 60s, scope: provider }
        defaultLimit: two
        endpoints:
          - { name: orders, match: ANY /orders/**, cache: never, limits: [one] }
          - { name: pairs, match: ANY /pairs/**, cache: never, limits: [two] }
        errors:
          - { status: 429, as: limited }
        """;

    [Fact]
    public async Task The_100_comes_only_once_a_permit_is_held_and_nobody_else_can_have_that_permit()
    {
        var ports = new MemoryPorts();
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Reply("ok"), ports: ports);
        using var asking = new RawClient(gate.Url);
        asking.Send(Head("/shop/orders/1"));
        (await asking.Read()).Status.ShouldBe(100);
        (gate.Upstream.Arrivals, ports.Charges.Count).ShouldBe((0, 0), "it is held, not spent: the charge comes with the send");

        (await gate.Ask("POST", "/shop/orders/2", ["Headgate-Deadline: 300ms"], "{}")).Type.ShouldBe("limited");
        using var second = new RawClient(gate.Url);
        second.Send(Head("/shop/orders/3", "Headgate-Deadline: 300ms"));
        var refused = await second.Read();
        refused.Status.ShouldBe(429, "a client that is refused is never told to send its body");
        refused.Type.ShouldBe("limited");

        asking.Send("{}");
        (await asking.Read()).Body.ShouldBe("ok");
        (gate.Upstream.Arrivals, ports.Charges.Count).ShouldBe((1, 1));
        gate.Upstream.Requests.Single().Head.ShouldNotContain("Expect");
    }

    [Fact]
    public async Task A_client_that_leaves_before_its_body_is_complete_gives_the_permit_back()
    {
        var ports = new MemoryPorts();
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Reply("ok"), ports: ports);
        using var leaving = new RawClient(gate.Url);
        leaving.Send(Head("/shop/orders/1"));
        (await leaving.Read()).Status.ShouldBe(100);
        leaving.Send("{");
        leaving.Leave();

        // Until the gate has heard that the client is gone the permit is not free; then it is, long before the minute has passed.
        var status = 429;
        for (var asks = 0; status == 429 && asks < 2_000; asks++)
        {
            status = (await gate.Ask("POST", "/shop/orders/2", [], "{}")).Status;
        }

        status.ShouldBe(200);
        gate.Upstream.Requests.Single().Target.ShouldBe("/orders/2");
        ports.Charges.Count.ShouldBe(1, "what was not sent is not charged");
    }

    [Fact]
    public async Task A_client_that_keeps_a_permit_waiting_too_long_gets_408_and_the_next_one_its_permit()
    {
        var ports = new MemoryPorts();
        await using var gate = await WholeGate.Start(
            Definition, exchange => exchange.Reply("ok"), new GatewayOptions { UploadMax = TimeSpan.FromMilliseconds(200) }, ports);
        using var slow = new RawClient(gate.Url);
        slow.Send(Head("/shop/orders/1"));
        (await slow.Read()).Status.ShouldBe(100);
        slow.Send("{");

        var late = await slow.Read();
        late.Status.ShouldBe(408);
        late.Type.ShouldBe("body-too-slow");
        late["Connection"].ShouldBe("close");
        (await gate.Ask("POST", "/shop/orders/2", [], "{}")).Status.ShouldBe(200);
        gate.Upstream.Requests.Single().Target.ShouldBe("/orders/2");
        ports.Charges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_body_that_turns_out_too_large_gives_the_permit_back()
    {
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Reply("ok"), new GatewayOptions { BodyBytesMax = 10 });
        using var large = new RawClient(gate.Url);
        large.Send("POST /shop/orders/1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
        (await large.Read()).Status.ShouldBe(100);
        large.Send("14\r\n01234567890123456789\r\n0\r\n\r\n");

        (await large.Read()).Status.ShouldBe(413);
        (await gate.Ask("POST", "/shop/orders/2", [], "{}")).Status.ShouldBe(200);
        gate.Upstream.Requests.Single().Target.ShouldBe("/orders/2");
    }

    [Fact]
    public async Task A_limit_that_the_upstream_closes_during_the_upload_holds_for_the_reserved_too()
    {
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Reply("no", "Retry-After: 60\r\n", 429));
        using var asking = new RawClient(gate.Url);
        asking.Send(Head("/shop/pairs/1", "Headgate-Deadline: 2s"));
        (await asking.Read()).Status.ShouldBe(100);
        (await gate.Ask("POST", "/shop/pairs/2", [], "{}")).Status.ShouldBe(429);

        asking.Send("{}");

        var refused = await asking.Read();
        refused.Status.ShouldBe(429);
        refused.Type.ShouldBe("limited");
        gate.Upstream.Requests.Single().Target.ShouldBe("/pairs/2");
    }

    private static string Head(string target, string? header = null) =>
        $"POST {target} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n{(header is null ? "" : header + "\r\n")}\r\n";
}
