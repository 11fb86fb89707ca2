using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Gateway.Api;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve; a broken second level only degrades it.</summary>
internal static class HealthApi
{
    public static void Map(IEndpointRouteBuilder routes, IEngineDoor engine)
    {
        routes.MapGet("/health/live", () => Results.Json(new { status = "live" }));
        routes.MapGet("/health/ready", () => engine.StoreError is null
            ? Results.Json(new { status = "ready" })
            : Results.Json(new { status = "degraded", reason = "The entry store cannot be written: " + engine.StoreError }));
    }
}
