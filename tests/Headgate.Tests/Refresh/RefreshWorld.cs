using Headgate.Catalogue;
using Headgate.Refresh;
using Headgate.Simulation;
using Headgate.Tests.Engine;
using Headgate.Upstream;
using Headgate.Upstreams;

namespace Headgate.Tests.Refresh;

/// <summary>An engine that holds a secret of its own, before an echoing upstream.</summary>
internal static class RefreshWorld
{
    public const string Yaml = """
        provider: test
        baseUrl: http://upstream.test
        market: XTST
        identity:
          from: header Authorization
        inject:
          - { to: header Authorization, value: 'own {secret}', secret: TEST_KEY }
        limits:
          quote: { permits: 1, per: 1s, scope: limitKey }
          wide: { permits: 60, per: 1m, scope: limitKey }
          daily: { permits: 25, per: 1 day in Etc/UTC at 00:00, scope: limitKey, reserve: 20% }
          weight: { permits: 600, per: 1m, scope: provider }
        defaultLimit: wide
        deadline: 6.5s
        contentTypes: application/json
        endpoints:
          - name: quote
            match: GET /quote
            scope: entitled
            limits: [quote]
            batch: { parameter: i, style: repeated, max: 5, urlMax: 14KB, items: $.data, missing: omit, missingTtl: 10s }
            freshness: { ttl: 1s, stale: 10m, closed: untilNextOpen }
          - name: day
            match: GET /day
            scope: public
            limits: [weight]
            cost: { steps: { 20: 2, 100: 40 } }
            batch: { parameter: i, style: repeated, max: 100, urlMax: 14KB, items: $.data, missing: omit, missingTtl: 10s }
            freshness: { ttl: 1s, stale: 10m }
          - { name: bars, match: 'GET /bars/{token}', scope: entitled, limits: [wide], freshness: { ttl: 120s, stale: 1h } }
          - { name: scarce, match: 'GET /scarce/{token}', scope: entitled, limits: [daily], freshness: { ttl: 1s, stale: 10m } }
          - { name: orders, match: ANY /orders/**, scope: account, limits: [wide], cache: never }
        errors:
          - { status: 429, as: limited }
          - { status: 403, as: unauthorized }
        """;

    public static EngineWorld New(Func<UpstreamCall, DateTimeOffset, TwinReply>? upstream = null, string? yaml = null, IWatchStore? store = null, bool hasSecret = true)
    {
        var world = new EngineWorld(upstream, yaml ?? Yaml) { Watches = store, Secrets = new OneSecret(hasSecret ? "abc" : null) };
        if (upstream is null)
        {
            world.Upstream = (call, at) => Echo(world, call, at);
        }

        return world;
    }

    public static Watch Quotes(string name, string interval, WatchPriority priority = WatchPriority.Medium, params string[] items) => new()
    {
        Name = name,
        Provider = "test",
        Target = "/quote?" + string.Join('&', items.Select(item => "i=" + item)),
        Interval = TimeSpan.Parse(interval, System.Globalization.CultureInfo.InvariantCulture),
        Priority = priority,
    };

    public static Watch Whole(string name, string target, TimeSpan? interval = null, WatchPriority priority = WatchPriority.Medium) =>
        new() { Name = name, Provider = "test", Target = target, Interval = interval, Priority = priority };

    public static WatchStatus Of(EngineWorld world, string name) => world.Engine.Refresh.Status().Watches.Single(watch => watch.Watch.Name == name);

    /// <summary>As Should.ThrowAsync, on the world's own thread.</summary>
    public static async Task<T> Thrown<T>(Func<ValueTask> act)
        where T : Exception
    {
        try
        {
            await act();
        }
        catch (T expected)
        {
            return expected;
        }

        throw new ShouldAssertException($"{typeof(T).Name} was expected.");
    }

    private static TwinReply Echo(EngineWorld world, UpstreamCall call, DateTimeOffset at)
    {
        if (call.Target.Split('?')[0] is "/quote" or "/day")
        {
            var items = EngineWorld.ItemsOf(call).Where(item => !item.StartsWith('X')).Select(item => $"\"{item}\":{{\"n\":{world.Calls.Count}}}");
            return EngineWorld.Json($"{{\"data\":{{{string.Join(',', items)}}}}}");
        }

        return EngineWorld.Json($"{{\"n\":{world.Calls.Count}}}");
    }

    private sealed class OneSecret(string? value) : ISecretSource
    {
        public string? Find(string name) => name == "TEST_KEY" ? value : null;
    }
}
