using System.Text.Json;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Headgate.Strategies.Runs.Cache;

/// <summary>
/// The shared cache: values and their side hashes with the replaced platform's layout. Redis being away is a warning, never an error: runs compute,
/// and the multiplexer reconnects by itself.
/// </summary>
public sealed class RedisResultCache : IResultCache, IDisposable
{
    private const string StatsSuffix = ":stats";
    private const int TimeoutMs = 5000;

    private readonly Lock _lock = new();
    private readonly string _address;
    private readonly int _database;
    private readonly TimeSpan _ttl;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisResultCache> _logger;
    private ConnectionMultiplexer? _redis;
    private bool _wasAway;

    public RedisResultCache(StrategyPlatformOptions options, TimeProvider time, ILogger<RedisResultCache> logger)
    {
        _address = $"{options.RedisHost}:{options.RedisPort}";
        _database = options.RedisDb;
        _ttl = TimeSpan.FromSeconds(options.CacheTtlSeconds);
        _time = time;
        _logger = logger;
    }

    public async ValueTask<bool> IsAvailableAsync() => await TryAsync(async db => await db.PingAsync() >= TimeSpan.Zero, false);

    public async ValueTask<CachedRun?> GetAsync(string strategy, string key) => await TryAsync<CachedRun?>(
        async db =>
        {
            var value = await db.StringGetAsync(key);
            if (value.IsNull)
            {
                return null;
            }

            await db.HashIncrementAsync(key + StatsSuffix, "access_count");
            await db.HashSetAsync(key + StatsSuffix, "last_accessed", Store.Iso.Instant(_time.GetUtcNow()));
            return JsonSerializer.Deserialize<CachedRun>((string)value!, PlatformJson.Options);
        },
        null);

    public async ValueTask SetAsync(string strategy, string key, CachedRun run) => await TryAsync(
        async db =>
        {
            await db.StringSetAsync(key, PlatformJson.Write(run), _ttl);
            await db.HashSetAsync(
                key + StatsSuffix,
                [
                    new HashEntry("created_at", Store.Iso.Instant(_time.GetUtcNow())), new HashEntry("access_count", 0),
                    new HashEntry("last_accessed", ""), new HashEntry("strategy_name", strategy),
                ]);
            await db.KeyExpireAsync(key + StatsSuffix, _ttl);
            return true;
        },
        false);

    public async ValueTask<long> InvalidateAsync(string keyPrefix) => await TryAsync(
        async db =>
        {
            long deleted = 0;
            foreach (var key in DataKeys(keyPrefix))
            {
                deleted += await db.KeyDeleteAsync(key) ? 1 : 0;
                await db.KeyDeleteAsync(key + StatsSuffix);
            }

            return deleted;
        },
        0L);

    public async ValueTask<CacheStats> StatsAsync() => await TryAsync(
        async db =>
        {
            var usage = new SortedDictionary<string, CacheUsage>(StringComparer.Ordinal);
            foreach (var key in DataKeys("strategy:"))
            {
                var name = key.Split(':')[1];
                var hits = (long?)await db.HashGetAsync(key + StatsSuffix, "access_count") ?? 0;
                var before = usage.GetValueOrDefault(name, new CacheUsage(0, 0));
                usage[name] = new CacheUsage(before.CachedEntries + 1, before.TotalHits + hits);
            }

            var memory = (await Server().InfoAsync("memory")).SelectMany(g => g).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
            return new CacheStats(
                usage.Values.Sum(u => u.CachedEntries), usage.Values.Sum(u => u.TotalHits), Megabytes(memory, "used_memory"), Megabytes(memory, "used_memory_peak"), usage);
        },
        new CacheStats(0, 0, 0, 0, new Dictionary<string, CacheUsage>(StringComparer.Ordinal)));

    public async ValueTask<CacheHealth> HealthAsync()
    {
        try
        {
            return new CacheHealth("healthy", LatencyMs: Math.Round((await Database().PingAsync()).TotalMilliseconds, 2));
        }
        catch (Exception away) when (IsAway(away))
        {
            return new CacheHealth("unhealthy", Error: away.Message);
        }
    }

    public void Dispose() => _redis?.Dispose();

    private async Task<T> TryAsync<T>(Func<IDatabase, Task<T>> ask, T fallback)
    {
        try
        {
            var answer = await ask(Database());
            if (_wasAway)
            {
                _wasAway = false;
                Log.CacheBack(_logger, _address);
            }

            return answer;
        }
        catch (Exception away) when (IsAway(away))
        {
            if (!_wasAway)
            {
                _wasAway = true;
                Log.CacheAway(_logger, _address, away.Message);
            }

            return fallback;
        }
    }

    private static bool IsAway(Exception failure) => failure is RedisException or TimeoutException or ObjectDisposedException or JsonException;

    private IDatabase Database()
    {
        lock (_lock)
        {
            // Connecting never throws here: with AbortOnConnectFail off the multiplexer keeps trying in the background.
            _redis ??= ConnectionMultiplexer.Connect(new ConfigurationOptions
            {
                EndPoints = { _address }, AbortOnConnectFail = false, ConnectTimeout = TimeoutMs, SyncTimeout = TimeoutMs, AllowAdmin = true,
            });
            return _redis.GetDatabase(_database);
        }
    }

    private IServer Server() => _redis!.GetServer(_address);

    // The side hashes share the prefix and are not results. The scan takes a pattern and the prefix may hold a caller's text, so the prefix is compared again.
    private List<string> DataKeys(string prefix) =>
        [.. Server().Keys(_database, $"{prefix}*", 500).Select(k => (string)k!).Where(k => k.StartsWith(prefix, StringComparison.Ordinal) && !k.EndsWith(StatsSuffix, StringComparison.Ordinal))];

    private static double Megabytes(Dictionary<string, string> memory, string name) =>
        memory.TryGetValue(name, out var text) && long.TryParse(text, out var bytes) ? Math.Round(bytes / 1048576.0, 2) : 0;
}
