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
        api.MapPost("/cache/invalidate", InvalidateAsync).WithSummary("Remove the cached results of one strategy, or all").ProducesProblem(503);
        api.MapGet("/cache/stats", StatsAsync).WithSummary("What the cache holds").ProducesProblem(503);
        api.MapGet("/cache/health", HealthAsync).WithSummary("Whether the cache answers");
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
        return ApiResults.Json(new { Status = "success", DeletedEntries = deleted, Strategy = strategy_name ?? "all" });
    }

    private static async Task<IResult> StatsAsync(IResultCache cache, TimeProvider time)
    {
        if (!await cache.IsAvailableAsync())
        {
            return Away();
        }

        var stats = await cache.StatsAsync();
        return ApiResults.Json(new
        {
            stats.TotalCachedEntries, stats.TotalCacheHits, stats.MemoryUsedMb, stats.MemoryPeakMb, stats.ByStrategy, Timestamp = Iso.Instant(time.GetUtcNow()),
        });
    }

    private static async Task<IResult> HealthAsync(IResultCache cache, TimeProvider time)
    {
        var health = await cache.HealthAsync();
        var timestamp = Iso.Instant(time.GetUtcNow());
        return ApiResults.Json<object>(health.Status switch
        {
            "healthy" => new { health.Status, health.LatencyMs, Timestamp = timestamp },
            "disabled" => new { health.Status, health.Message, Timestamp = timestamp },
            _ => new { health.Status, health.Error, Timestamp = timestamp },
        });
    }

    private static IResult Away() => ApiResults.Problem(StatusCodes.Status503ServiceUnavailable, "Cache is not available");
}
