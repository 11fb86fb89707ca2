using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Gateway.Api;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve; a broken second level only degrades it.</summary>
internal static class HealthApi
{
    public static void Map(IEndpointRouteBuilder routes, IEngineDoor engine)
    {
        routes.MapMethods("/health/live", ["GET", "HEAD"], () => Results.Json(new { status = "live" }));
        routes.MapMethods("/health/ready", ["GET", "HEAD"], () => engine.StoreError is null
            ? Results.Json(new { status = "ready" })
            : Results.Json(new { status = "degraded", reason = "The entry store cannot be written: " + engine.StoreError }));
    }
}
