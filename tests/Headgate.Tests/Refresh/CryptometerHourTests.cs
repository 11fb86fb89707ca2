using Headgate.Refresh;
using Headgate.Tests.Engine;
using static Headgate.Tests.Refresh.RefreshWorld;

namespace Headgate.Tests.Refresh;

/// <summary>Acceptance of the unified scheduler: an hour of 25 symbols under NORMAL.</summary>
public sealed class CryptometerHourTests
{
    private const string Yaml = """
        provider: test
        baseUrl: http://upstream.test
        identity: { from: query api_key }
        inject:
          - { to: query api_key, value: '{secret}', secret: TEST_KEY }
        limits:
          minute: { permits: 60, per: 1m, scope: limitKey }
          second: { permits: 1, per: 1s, scope: limitKey }
        defaultLimit: minute
        deadline: 15s
        contentTypes: application/json
        endpoints:
          - { name: ticker, match: GET /ticker/, limits: [minute, second], freshness: { ttl: 120s, stale: 15m } }
          - { name: ls-ratio, match: GET /ls-ratio/, limits: [minute, second], freshness: { ttl: 300s, stale: 15m } }
          - { name: liquidation, match: GET /liquidation-data-v2/, limits: [minute, second], freshness: { ttl: 300s, stale: 1h } }
          - { name: analysis, match: GET /ai-screener-analysis/, limits: [minute, second], freshness: { ttl: 1800s, stale: 6h } }
          - { name: trend, match: GET /trend-indicator-v3/, limits: [minute, second], freshness: { ttl: 900s, stale: 6h } }
          - { name: coinlist, match: GET /coinlist/, limits: [minute, second], freshness: { ttl: 21600s, stale: 1d } }
        errors:
          - { status: 429, as: limited }
        """;

    [Fact]
    public void Calls_keep_to_the_plan_nothing_is_refused_and_nothing_critical_is_older_than_its_interval_and_a_fifth()
    {
        var world = New(yaml: Yaml);
        world.Run(async () =>
        {
            var refresh = world.Engine.Refresh;
            for (var i = 0; i < 25; i++)
            {
                await refresh.AddAsync(Whole($"ticker {i}", $"/ticker/?e=binance&market_pair=S{i}-USDT", priority: WatchPriority.Critical));
                await refresh.AddAsync(Whole($"ratio {i}", $"/ls-ratio/?pair=s{i}-usdt", priority: WatchPriority.Critical));
                await refresh.AddAsync(Whole($"liquidation {i}", $"/liquidation-data-v2/?symbol=s{i}", priority: WatchPriority.High));
                await refresh.AddAsync(Whole($"analysis {i}", $"/ai-screener-analysis/?symbol=S{i}", priority: WatchPriority.Medium));
            }

            await refresh.AddAsync(Whole("trend", "/trend-indicator-v3/", priority: WatchPriority.High));
            await refresh.AddAsync(Whole("coins", "/coinlist/?e=binance", priority: WatchPriority.Low));
            var plan = refresh.Plan().Providers.Single();
            plan.Watches.ShouldAllBe(watch => watch.StretchPercent == 100);
            await world.Time.Delay(TimeSpan.FromMinutes(5));

            var before = world.Calls.Count;
            for (var minute = 0; minute < 60; minute++)
            {
                await world.Time.Delay(TimeSpan.FromMinutes(1));
                foreach (var planned in plan.Watches.Where(watch => watch.Watch.Priority == WatchPriority.Critical))
                {
                    world.Engine.TryFetch(AsGate(world, planned.Watch), out _).ShouldBeTrue($"{planned.Watch.Name} is older than {planned.Interval * 1.2} in minute {minute}");
                }
            }

            (world.Calls.Count - before).ShouldBeLessThanOrEqualTo((int)decimal.Ceiling(plan.CallsPerMinute * 60));
            refresh.Status().Watches.ShouldAllBe(watch => watch.Failures == 0);
            refresh.Status().Strategy.ShouldBe(RefreshStrategy.Normal);
            world.Engine.Stats().Sum(endpoint => endpoint.LimitedByUpstream).ShouldBe(0);
            world.Calls.Count(call => call.Target.StartsWith("/trend", StringComparison.Ordinal)).ShouldBeInRange(6, 7);
        });
    }

    // As a client of the gate's own secret that accepts a fifth more than the interval.
    private static Demand AsGate(EngineWorld world, Watch watch)
    {
        var interval = world.Engine.Refresh.Status().Watches.Single(status => status.Watch.Name == watch.Name).Interval;
        var request = new ClientRequest { Method = "GET", Target = watch.Target, Headers = [] };
        return new Demand
        {
            Plan = world.Engine.Plan(world.Catalogue.Providers["test"], request),
            Request = request,
            Freshness = new Freshness { ProfileTtl = interval * 1.2 },
            Client = "reader",
        };
    }
}
