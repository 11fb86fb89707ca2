using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Strategies.Api;

/// <summary>Maps the platform's HTTP API (specification §6).</summary>
public static class StrategyPlatformEndpoints
{
    /// <summary>Maps /api/v1/strategies, execute, executions, jobs, metrics and cache, and GET /health.</summary>
    /// <param name="withHealth">False where the host has a /health of its own.</param>
    public static IEndpointRouteBuilder MapStrategyPlatform(this IEndpointRouteBuilder routes, bool withHealth = true)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Strategies");
        StrategyEndpoints.Map(api);
        ExecutionEndpoints.Map(api);
        JobEndpoints.Map(api);
        MetricsEndpoints.Map(api);
        CacheEndpoints.Map(api);
        if (withHealth)
        {
            routes.MapGet("/health", Health).WithTags("Strategies").WithSummary("Whether the platform answers");
        }

        return routes;
    }

    private static IResult Health(TimeProvider time) => ApiResults.Json(new { Status = "healthy", Timestamp = Store.Iso.Instant(time.GetUtcNow()) });
}
