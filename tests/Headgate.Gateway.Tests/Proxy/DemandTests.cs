using Headgate.Gateway.Configuration;
using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests.Proxy;

/// <summary>What reaches the engine of a request.</summary>
public sealed class DemandTests
{
    [Fact]
    public async Task The_gates_own_headers_stay_inside_and_hop_by_hop_and_listed_ones_are_not_forwarded()
    {
        await using var gate = await Gate.Start();
        await gate.Get("/test/orders/1", "Headgate-Client: bot", "Priority: u=1", "headgate-deadline: 1s", "Connection: close, X-Hop", "X-Hop: 1", "TE: trailers",
            "Keep-Alive: 5", "Proxy-Authorization: Basic x", "Expect: 100-continue", "X-A: 1", "X-A: 2", "Cookie: c=1", "If-None-Match: \"x\"", "Range: bytes=0-1", "Authorization: token k:s");
        var request = gate.Engine.Forwarded.Single().Request;
        request.Method.ShouldBe("GET");
        request.Target.ShouldBe("/orders/1");
        request.HasBody.ShouldBeFalse();
        request.Headers.Select(header => $"{header.Name}: {header.Value}").Order().ShouldBe(
            new[] { "Authorization: token k:s", "Cookie: c=1", "If-None-Match: \"x\"", "Range: bytes=0-1", "X-A: 1", "X-A: 2" }.Order());
    }

    [Fact]
    public async Task A_cacheable_read_asks_without_conditions_and_ranges()
    {
        await using var gate = await Gate.Start();
        await gate.Get("/test/quote", "If-None-Match: \"x\"", "If-Modified-Since: y", "Range: bytes=0-1", "X-A: 1");
        gate.Engine.Fetched.Single().Request.Headers.Select(header => header.Name).ShouldBe(["X-A"]);
    }

    [Fact]
    public async Task Freshness_urgency_client_and_deadline_are_read()
    {
        await using var gate = await Gate.Start();
        await gate.Get("/test/quote", "Cache-Control: max-age=3, stale-if-error=60", "Priority: u=1", "Headgate-Client: monitor", "Headgate-Deadline: 1.5s", "Headgate-As-Of-Max: 2m");
        var demand = gate.Engine.Fetched.Single();
        demand.Freshness.MaxAge.ShouldBe(TimeSpan.FromSeconds(3));
        demand.Freshness.StaleIfError.ShouldBe(TimeSpan.FromSeconds(60));
        demand.Freshness.AsOfMax.ShouldBe(TimeSpan.FromMinutes(2));
        demand.Urgency.Value.ShouldBe(1);
        demand.Client.ShouldBe("monitor");
        demand.Deadline.ShouldBe(TimeSpan.FromSeconds(1.5));
        demand.RequestId.ShouldBe(gate.Engine.Tried.Single().RequestId);
    }

    [Fact]
    public async Task A_deadline_beyond_the_longest_is_cut_to_it()
    {
        await using var gate = await Gate.Start();
        await gate.Get("/test/quote", "Headgate-Deadline: 300s");
        await gate.Get("/test/quote", "Headgate-Deadline: 301s");
        gate.Engine.Fetched.Select(demand => demand.Deadline).ShouldBe([TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5)]);
    }

    [Fact]
    public async Task A_client_that_states_nothing_gets_its_profile_and_one_without_a_profile_the_default()
    {
        await using var gate = await Gate.Start(options: new GatewayOptions
        {
            Clients = new Dictionary<string, ClientProfile>(StringComparer.OrdinalIgnoreCase)
            {
                ["default"] = new() { Urgency = 4 },
                ["stock_monitor"] = new()
                {
                    Urgency = 2,
                    Endpoints = new Dictionary<string, ProfileFreshness>(StringComparer.OrdinalIgnoreCase) { ["test.quote"] = new(TimeSpan.FromSeconds(60), TimeSpan.Zero) },
                },
            },
        });
        using var client = gate.Client();
        await client.Get("/test/quote", "Headgate-Client: stock_monitor");
        await client.Get("/test/quote");
        await client.Get("/test/quote", "Headgate-Client: stock_monitor", "Priority: u=6", "Cache-Control: max-age=1");
        var (monitor, other, stated) = (gate.Engine.Fetched[0], gate.Engine.Fetched[1], gate.Engine.Fetched[2]);
        (monitor.Freshness.ProfileTtl, monitor.Freshness.ProfileStale, monitor.Urgency.Value).ShouldBe((TimeSpan.FromSeconds(60), TimeSpan.Zero, 2));
        (other.Freshness.ProfileTtl, other.Urgency.Value, other.Client).ShouldBe((null, 4, "127.0.0.1"));
        (stated.Freshness.MaxAge, stated.Urgency.Value).ShouldBe((TimeSpan.FromSeconds(1), 6));
    }

    [Fact]
    public async Task Repeated_requests_are_remembered_and_never_across_credentials()
    {
        await using var gate = await Gate.Start();
        gate.Engine.Hit = _ => Results.Of(Results.Entry("x"));
        for (var connection = 0; connection < 2; connection++)
        {
            using var client = gate.Client();
            for (var round = 0; round < 3; round++)
            {
                await client.Get("/test/quote?i=A", "Authorization: token a");
                await client.Get("/test/quote?i=A", "Authorization: token b");
            }
        }

        gate.Engine.Planned.ShouldBe(4, "a plan is kept when its request comes the second time");
        await gate.Get("/test/quote?i=A", "Authorization: token a", "Authorization: token b");
        await gate.Get("/test/quote?i=A", "Authorization: token a,token b");
        await gate.Get("/test/quote?i=A");
        await gate.Get("/test/quote?i=B");
        gate.Engine.Planned.ShouldBe(8);
    }

    [Fact]
    public async Task A_reload_of_the_catalogue_is_seen_by_the_next_request_of_an_open_connection()
    {
        await using var gate = await Gate.Start();
        gate.Engine.Hit = _ => Results.Of(Results.Entry("x"));
        using var client = gate.Client();
        (await client.Get("/test/quote")).Status.ShouldBe(200);
        var renewed = Models.Provider("test");
        gate.Engine.Catalogue = new Headgate.Catalogue.CatalogueModel([renewed]);
        await client.Get("/test/quote");
        gate.Engine.Tried[^1].Plan.Provider.ShouldBeSameAs(renewed);
        gate.Engine.Catalogue = new Headgate.Catalogue.CatalogueModel([Models.Provider("other")]);
        (await client.Get("/test/quote")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("/test/quote?i=A", "/quote?i=A")]
    [InlineData("/TEST/quote", "/quote")]
    [InlineData("/test//quote", "/quote")]
    [InlineData("/test", "/")]
    [InlineData("/test/", "/")]
    [InlineData("/test?a=1", "/?a=1")]
    [InlineData("/test/a//b/", "/a//b/")]
    [InlineData("/test/quote?a=%7E%2D%41|b", "/quote?a=%7E%2D%41|b")]
    public async Task A_trailing_or_missing_slash_after_a_path_prefix_never_changes_the_upstream_path(string asked, string upstream)
    {
        await using var gate = await Gate.Start();
        await gate.Get(asked);
        gate.Engine.Tried.Single().Request.Target.ShouldBe(upstream);
    }

    [Theory]
    [InlineData("/quote?i=A", "/quote?i=A")]
    [InlineData("//quote", "/quote")]
    [InlineData("/", "/")]
    [InlineData("/api/v1/x", "/api/v1/x")]
    [InlineData("/other/quote", "/other/quote")]
    public async Task A_listener_of_a_provider_serves_only_that_provider_at_its_root(string asked, string upstream)
    {
        await using var gate = await Gate.Start(new ScriptedEngine(Models.Provider("test"), Models.Provider("other")), new GatewayOptions
        {
            Providers = new Dictionary<string, ProviderSettings> { ["test"] = new() { Listen = Gate.AnyPort } },
        });
        using var client = new RawClient(gate.UrlOf("test"));
        await client.Get(asked);
        var demand = gate.Engine.Tried.Single();
        demand.Request.Target.ShouldBe(upstream);
        demand.Plan.Provider.Name.ShouldBe("test");
    }

    [Fact]
    public async Task A_GET_with_a_body_is_passed_through_and_never_answered_from_entries()
    {
        await using var gate = await Gate.Start();
        await gate.Ask("GET", "/test/quote", [], "{\"q\":1}");
        gate.Engine.Tried.ShouldBeEmpty();
        gate.Engine.Forwarded.Single().Request.Body.Length.ShouldBe(7);
    }

    [Fact]
    public async Task A_miss_runs_on_the_pool_and_never_on_the_connections_own_thread()
    {
        await using var gate = await Gate.Start();
        var isHopped = false;
        var tried = 0;
        gate.Engine.Hit = _ =>
        {
            tried = Environment.CurrentManagedThreadId;
            return null;
        };
        var blocked = new TaskCompletionSource();
        gate.Engine.Fetch = (_, _) =>
        {
            isHopped = Thread.CurrentThread.IsThreadPoolThread;
            return Task.FromResult(Results.Of(Results.Entry("x")));
        };
        (await gate.Get("/test/quote")).Status.ShouldBe(200);
        isHopped.ShouldBeTrue();
        tried.ShouldNotBe(0);
    }
}
