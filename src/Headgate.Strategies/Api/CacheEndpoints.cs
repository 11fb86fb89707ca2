using Headgate.Strategies.Runs.Cache;
using Headgate.Strategies.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Strategies.Api;

internal static class CacheEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/cache/invalidate", InvalidateAsync).WithName("invalidateResults").WithSummary("Remove the cached results of one strategy, or all")
            .Produces<CacheInvalidationBody>().ProducesProblem(422).ProducesProblem(503);
        api.MapGet("/cache/stats", StatsAsync).WithName("getResultCacheStats").WithSummary("What the cache holds").Produces<CacheStatsBody>().ProducesProblem(503);
        api.MapGet("/cache/health", HealthAsync).WithName("getResultCacheHealth").WithSummary("Whether the cache answers").Produces<CacheHealthBody>();
    }

    /// <param name="parameters_hash">The 16 hex digits of the parameters (specification §9); only with a strategy.</param>
    private static async Task<IResult> InvalidateAsync(IResultCache cache, string? strategy_name = null, string? parameters_hash = null)
    {
        if (parameters_hash is not null && strategy_name is null)
        {
            return ApiResults.Unprocessable("parameters_hash needs strategy_name");
        }

        if (!await cache.IsAvailableAsync())
        {
            return Away();
        }

        var deleted = await cache.InvalidateAsync((strategy_name, parameters_hash) switch
        {
            (null, _) => "strategy:",
            (_, null) => $"strategy:{strategy_name}:",
            _ => $"strategy:{strategy_name}:{parameters_hash}:",
        });
        return ApiResults.Json(new CacheInvalidationBody("success", deleted, strategy_name ?? "all"));
    }

    private static async Task<IResult> StatsAsync(IResultCache cache, TimeProvider time)
    {
        if (!await cache.IsAvailableAsync())
        {
            return Away();
        }

        var stats = await cache.StatsAsync();
        return ApiResults.Json(new CacheStatsBody(
            stats.TotalCachedEntries, stats.TotalCacheHits, stats.MemoryUsedMb, stats.MemoryPeakMb, stats.ByStrategy, Iso.Instant(time.GetUtcNow())));
    }

    private static async Task<IResult> HealthAsync(IResultCache cache, TimeProvider time)
    {
        var health = await cache.HealthAsync();
        return ApiResults.Json(new CacheHealthBody(health.Status, health.LatencyMs, health.Error, health.Message, Iso.Instant(time.GetUtcNow())));
    }

    private static IResult Away() => ApiResults.Problem(StatusCodes.Status503ServiceUnavailable, "Cache is not available");
}
