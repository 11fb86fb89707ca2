using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Gateway.Api;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: 200 while it can serve and account for calls, a broken second level only degrades it; 503
/// while the ledger cannot be written, since then nothing is answered but what is held.
/// </summary>
internal static class HealthApi
{
    public static void Map(IEndpointRouteBuilder routes, IEngineDoor engine)
    {
        routes.MapMethods("/health/live", ["GET", "HEAD"], () => Results.Json(new HealthView("live", null), GateJson.Options))
            .Produces<HealthView>().WithTags("health").WithSummary("The process answers.");
        routes.MapMethods("/health/ready", ["GET", "HEAD"], () => Ready(engine))
            .Produces<HealthView>().Produces<HealthView>(503).WithTags("health").WithSummary("ready, degraded (the entry store fails) or, with 503, unready (the ledger cannot be written).");
    }

    private static IResult Ready(IEngineDoor engine)
    {
        if (!engine.IsLedgerWritable)
        {
            return Results.Json(new HealthView("unready", "The ledger cannot be written: nothing is sent, and only what is held is served."), GateJson.Options, statusCode: 503);
        }

        return Results.Json(
            engine.StoreError is { } error ? new HealthView("degraded", "The entry store cannot be written: " + error) : new HealthView("ready", null), GateJson.Options);
    }
}

/// <param name="Status"><c>live</c>, <c>ready</c>, <c>degraded</c> or <c>unready</c>.</param>
/// <param name="Reason">Why not better.</param>
internal sealed record HealthView(string Status, string? Reason);
