using Headgate.Strategies.Runs;
using Headgate.Strategies.Runs.Cache;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Strategies.Api;

internal static class MetricsEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/metrics", AllAsync).WithName("getStrategyMetrics").WithSummary("Counters of all runs since start").Produces<PlatformMetrics>();
        api.MapGet("/metrics/{name}", One).WithName("getMetricsOfStrategy").WithSummary("Counters of one strategy").Produces<OneStrategyMetrics>().ProducesProblem(404);
        api.MapPost("/metrics/reset", Reset).WithName("resetStrategyMetrics").WithSummary("Forget the counters of one strategy, or of all").Produces<ResetBody>().ProducesProblem(404);
    }

    private static async Task<IResult> AllAsync(MetricsRegistry metrics, IResultCache cache)
    {
        var health = await cache.HealthAsync();
        object part = health.Status switch
        {
            "disabled" => new { Status = "disabled" },
            "healthy" => await cache.StatsAsync(),
            _ => new { health.Error },
        };
        return ApiResults.Json(metrics.All(part));
    }

    private static IResult One(string name, MetricsRegistry metrics, StrategyRegistry registry) => registry.Find(name) is null
        ? ApiResults.NotFound($"Strategy '{name}' not found")
        : ApiResults.Json(new OneStrategyMetrics(name, metrics.Of(name)));

    private static IResult Reset(MetricsRegistry metrics, StrategyRegistry registry, string? strategy_name = null)
    {
        if (strategy_name is not null && registry.Find(strategy_name) is null)
        {
            return ApiResults.NotFound($"Strategy '{strategy_name}' not found");
        }

        metrics.Reset(strategy_name);
        return ApiResults.Json(new ResetBody("success", strategy_name ?? "all"));
    }
}
