using System.Text.Json;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Operations;
using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests.Api;

public sealed class EventsTests
{
    private const string Definition = """
        provider: shop
        baseUrl: BASE
        limits: { slow: { permits: 1, per: 60s, scope: provider } }
        defaultLimit: slow
        scope: public
        deadline: 2s
        endpoints:
          - { name: item, match: 'GET /item/{id}', limits: [slow], freshness: { ttl: 0s, stale: 0s } }
        """;

    [Fact]
    public async Task A_watcher_hears_of_calls_refusals_and_modes_while_nobody_else_is_delayed()
    {
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Reply("{}", "Content-Type: application/json\r\n"), isOperated: true);
        using var watcher = new RawClient(gate.Url);
        watcher.Send($"GET /api/v1/gate/events HTTP/1.1\r\nHost: {gate.Url.Authority}\r\n\r\n");
        (await watcher.ReadSome(50)).ShouldContain("text/event-stream");

        (await gate.Get("/shop/item/1")).Status.ShouldBe(200);
        (await gate.Get("/shop/item/2")).Status.ShouldBe(429);
        (await gate.Ask("PUT", "/api/v1/gate/mode", ["Content-Type: application/json"], "{\"scope\":\"provider/shop\",\"mode\":\"bypass\"}")).Status.ShouldBe(200);

        string heard;
        for (var bytes = 200; !(heard = await watcher.ReadSome(bytes)).Contains("event: mode", StringComparison.Ordinal); bytes = heard.Length + 1)
        {
        }

        heard.ShouldContain("event: call\n");
        heard.ShouldContain("\"subject\":\"shop.item\"");
        heard.ShouldContain("event: refusal\n");
        heard.ShouldContain("\"subject\":\"provider/shop\"");
    }

    [Fact]
    public async Task A_slow_watcher_loses_the_oldest_events_and_is_told_how_many()
    {
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Reply("{}"));
        using var slow = gate.Engine.Events.Subscribe(capacity: 2)!;
        for (var i = 0; i < 5; i++)
        {
            gate.Engine.Modes.Set(new Dispatch.ModeScope(Dispatch.ModeScopeKind.Client, $"c{i}"), Catalogue.GateMode.Shadow);
        }

        var (events, lost) = await slow.ReadAsync(CancellationToken.None);
        events.Select(happened => happened.Subject).ShouldBe(["client/c3", "client/c4"]);
        lost.ShouldBe(3);

        gate.Engine.Modes.Set(new Dispatch.ModeScope(Dispatch.ModeScopeKind.Client, "c9"), null);
        (events, lost) = await slow.ReadAsync(CancellationToken.None);
        (events.ShouldHaveSingleItem().Detail, lost).ShouldBe(("taken back", 0));
    }

    [Fact]
    public async Task Watchers_are_bounded_and_a_place_comes_free_when_one_leaves()
    {
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Reply("{}"));
        var all = Enumerable.Range(0, Reports.EngineEvents.SubscribersMax).Select(_ => gate.Engine.Events.Subscribe()!).ToList();
        gate.Engine.Events.Subscribe().ShouldBeNull();
        all[0].Dispose();
        gate.Engine.Events.Subscribe().ShouldNotBeNull();
    }

    [Theory]
    [InlineData("{\"scope\":\"nowhere\",\"mode\":\"on\"}", 400)]
    [InlineData("{\"scope\":\"provider/shop\",\"mode\":\"sideways\"}", 400)]
    [InlineData("{\"scope\":\"provider/nobody\",\"mode\":\"on\"}", 404)]
    [InlineData("{\"scope\":\"limit/shop.nothing\",\"mode\":\"on\"}", 404)]
    [InlineData("{\"scope\":\"limit/shop.slow\",\"mode\":\"shadow\"}", 200)]
    [InlineData("{\"scope\":\"gate\",\"mode\":null}", 200)]
    public async Task A_mode_is_set_for_what_exists_only(string body, int status)
    {
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Reply("{}"), isOperated: true);
        (await gate.Ask("PUT", "/api/v1/gate/mode", ["Content-Type: application/json"], body)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_change_anything()
    {
        await using var gate = await WholeGate.Start(Definition, exchange => exchange.Reply("{}"), isOperated: true);
        (await gate.Ask("DELETE", "/api/v1/gate/cache?scope=*", ["Origin: https://elsewhere.example"])).Status.ShouldBe(403);
        (await gate.Ask("DELETE", "/api/v1/gate/cache", [])).Status.ShouldBe(400, "everything goes only when everything is asked for");
    }
}
