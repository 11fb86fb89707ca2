using System.Text.Json;
using Headgate.Desk.Collectors.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Desk.Collectors.Api;

/// <summary>The collector's and health's part of <c>/api/v1/desk</c>.</summary>
public static class CollectorApi
{
    // The replaced system wrote its names so.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Maps the last collection.</summary>
    /// <param name="routes">The gate's.</param>
    /// <param name="status">What the collector knows; null where none runs in this gate.</param>
    /// <param name="time">Now, for ages.</param>
    public static IEndpointRouteBuilder MapDeskCollector(this IEndpointRouteBuilder routes, Func<CollectorStatus>? status, TimeProvider time)
    {
        Group(routes).MapGet("/collector", () => Results.Json(status is null ? CollectorView.None : CollectorView.Of(status(), time.GetUtcNow()), Json))
            .Produces<CollectorView>().WithSummary("The last collection, part by part: state (fresh, stale, unavailable), age, source, reason, next run, and intervals a budget could not carry.");
        return routes;
    }

    /// <summary>Maps the health of upstreams and machine.</summary>
    /// <param name="routes">The gate's.</param>
    /// <param name="health">What is looked at; null tells that nothing is known.</param>
    /// <param name="clock">Tells engine times as the wall clock does.</param>
    public static IEndpointRouteBuilder MapDeskHealth(this IEndpointRouteBuilder routes, DeskHealth? health, EngineClock clock)
    {
        Group(routes).MapGet("/health", () => Results.Json(HealthView.Of(health?.Report() ?? HealthReport.Unknown, at => clock.WallNow + (at - clock.Now)), Json))
            .Produces<HealthView>().WithSummary("Health of every upstream asked and of the machine: score over a sliding window, status by the clock, usage since the start.");
        return routes;
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder routes) => routes.MapGroup("/api/v1/desk").WithTags("desk");
}
