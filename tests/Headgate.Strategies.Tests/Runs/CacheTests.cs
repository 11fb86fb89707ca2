using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Headgate.Strategies.Runs;
using Headgate.Strategies.Runs.Cache;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Strategies.Tests.Runs;

/// <summary>One contract, both caches.</summary>
public sealed class CacheTests
{
    private static readonly CachedRun Run = new(7, """[{"Net P&L":1.50}]""", """{"symbol":"NIFTY"}""", 12.5, 1, "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:01.000Z");

    [Fact]
    public Task The_memory_cache_keeps_the_contract() => Contract(new MemoryResultCache(TimeProvider.System, TimeSpan.FromHours(1)));

    [RedisFact]
    public async Task The_redis_cache_keeps_the_contract()
    {
        using var redis = new RedisServer();
        using var cache = new RedisResultCache(redis.Options, TimeProvider.System, NullLogger<RedisResultCache>.Instance);
        await Contract(cache);
    }

    [RedisFact]
    public async Task Redis_may_go_away_and_come_back_without_a_restart()
    {
        using var redis = new RedisServer();
        using var cache = new RedisResultCache(redis.Options, TimeProvider.System, NullLogger<RedisResultCache>.Instance);
        await cache.SetAsync("a", "strategy:a:1:", Run);
        redis.Stop();

        (await cache.GetAsync("a", "strategy:a:1:")).ShouldBeNull();
        (await cache.IsAvailableAsync()).ShouldBeFalse();
        (await cache.HealthAsync()).Status.ShouldBe("unhealthy");

        redis.Start();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await cache.IsAvailableAsync())
        {
            await pace.WaitForNextTickAsync(limit.Token);
        }

        await cache.SetAsync("a", "strategy:a:1:", Run);
        (await cache.GetAsync("a", "strategy:a:1:")).ShouldBe(Run);
    }

    [Fact]
    public async Task Entries_end_with_their_time_and_the_least_recently_used_leave_first()
    {
        var time = new ManualTime();
        var cache = new MemoryResultCache(time, TimeSpan.FromSeconds(3600), bytesMax: 4096);
        await cache.SetAsync("a", "1", Run);
        await cache.SetAsync("a", "2", Run);
        await cache.GetAsync("a", "1");
        for (var i = 3; i <= 12; i++)
        {
            await cache.SetAsync("a", $"{i}", Run);
            await cache.GetAsync("a", "1");
        }

        (await cache.GetAsync("a", "1")).ShouldBe(Run);
        (await cache.GetAsync("a", "2")).ShouldBeNull();
        time.Now += TimeSpan.FromSeconds(3600);
        (await cache.GetAsync("a", "1")).ShouldBeNull();
        (await cache.StatsAsync()).TotalCachedEntries.ShouldBe(0);
    }

    private static async Task Contract(IResultCache cache)
    {
        (await cache.GetAsync("a", "strategy:a:1:")).ShouldBeNull();
        await cache.SetAsync("a", "strategy:a:1:", Run);
        await cache.SetAsync("a", "strategy:a:2:", Run with { ExecutionId = 8 });
        await cache.SetAsync("b", "strategy:b:1:", Run);
        (await cache.GetAsync("a", "strategy:a:1:")).ShouldBe(Run);
        await cache.GetAsync("a", "strategy:a:2:");

        var stats = await cache.StatsAsync();
        (stats.TotalCachedEntries, stats.TotalCacheHits).ShouldBe((3, 2));
        stats.ByStrategy["a"].ShouldBe(new CacheUsage(2, 2));
        (await cache.HealthAsync()).Status.ShouldBe("healthy");
        (await cache.InvalidateAsync("strategy:a:1:")).ShouldBe(1);
        (await cache.InvalidateAsync("strategy:a:")).ShouldBe(1);
        (await cache.InvalidateAsync("strategy:")).ShouldBe(1);
        (await cache.StatsAsync()).TotalCachedEntries.ShouldBe(0);
    }

    private sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>A fact that needs the redis-server program.</summary>
    private sealed class RedisFactAttribute : FactAttribute
    {
        public RedisFactAttribute() => Skip = File.Exists(RedisServer.Program) ? null : "needs redis-server";
    }

    private sealed class RedisServer : IDisposable
    {
        public const string Program = "/usr/bin/redis-server";

        private readonly int _port = FreePort();
        private Process? _process;

        public RedisServer() => Start();

        public StrategyPlatformOptions Options => new() { RedisHost = "127.0.0.1", RedisPort = _port };

        public void Start()
        {
            _process = System.Diagnostics.Process.Start(new ProcessStartInfo(Program, $"--port {_port} --bind 127.0.0.1 --save \"\" --appendonly no") { RedirectStandardOutput = true, UseShellExecute = false })!;
            while (_process.StandardOutput.ReadLine() is { } line && !line.Contains("Ready to accept", StringComparison.Ordinal))
            {
                // Its own words tell when it listens.
            }
        }

        public void Stop()
        {
            _process!.Kill();
            _process.WaitForExit();
        }

        public void Dispose()
        {
            Stop();
            _process!.Dispose();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
