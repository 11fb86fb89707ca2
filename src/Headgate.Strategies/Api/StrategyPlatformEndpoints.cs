using Headgate.Strategies.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Headgate.Strategies.Api;

/// <summary>Maps the platform's HTTP API (specification §6).</summary>
public static class StrategyPlatformEndpoints
{
    /// <summary>Maps /api/v1/strategies, execute, executions, jobs, metrics and cache, and GET /health.</summary>
    /// <param name="withHealth">False where the host has a /health of its own.</param>
    public static IEndpointRouteBuilder MapStrategyPlatform(this IEndpointRouteBuilder routes, bool withHealth = true)
    {
        var api = routes.MapGroup("/api/v1").WithTags("strategies").AddEndpointFilter(AfterStartAsync);
        StrategyEndpoints.Map(api);
        ExecutionEndpoints.Map(api);
        JobEndpoints.Map(api);
        MetricsEndpoints.Map(api);
        CacheEndpoints.Map(api);
        if (withHealth)
        {
            routes.MapGet("/health", Health).WithTags("strategies").WithName("getStrategyHealth").WithSummary("Whether the platform answers").Produces<HealthBody>();
        }

        return routes;
    }

    private static async ValueTask<object?> AfterStartAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // Stores answer synchronously, and a host may run handlers on the thread that reads its connections.
        await Task.Yield();
        var readiness = context.HttpContext.RequestServices.GetRequiredService<PlatformReadiness>();
        return await readiness.WaitAsync(context.HttpContext.RequestAborted) is { } failure
            ? ApiResults.Problem(StatusCodes.Status503ServiceUnavailable, $"The strategy platform could not start: {failure.Message}")
            : await next(context);
    }

    private static IResult Health(TimeProvider time) => ApiResults.Json(new HealthBody("healthy", Store.Iso.Instant(time.GetUtcNow())));
}
