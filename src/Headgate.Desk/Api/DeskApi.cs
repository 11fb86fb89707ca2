using System.Globalization;
using System.Text.Json;
using Headgate.Desk.Alerts;
using Headgate.Desk.Monitors.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Desk.Api;

/// <summary><c>/api/v1/desk</c>: what monitors found and how they do.</summary>
public static class DeskApi
{
    private const int LimitMax = 1_000;
    private const int LimitDefault = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Maps the alerts of all systems of the desk.</summary>
    /// <param name="routes">The gate's.</param>
    /// <param name="alerts">Alerts, of earlier desks too.</param>
    public static IEndpointRouteBuilder MapDeskAlerts(this IEndpointRouteBuilder routes, AlertStore alerts)
    {
        Group(routes).MapGet("/alerts", (int? limit, string? from, CancellationToken cancellation) => AlertsAsync(alerts, limit ?? LimitDefault, from, cancellation))
            .Produces<DeskAlertsView>().Produces(400).Produces(503)
            .WithSummary("Alerts, newest first (limit 1 to 1000, default 100), of those raised at an instant (from) or later, and what became of each on every channel.");
        return routes;
    }

    /// <summary>Maps the Kite desk's monitors.</summary>
    /// <param name="routes">The gate's.</param>
    /// <param name="status">How each monitor does; null where none runs in this gate.</param>
    public static IEndpointRouteBuilder MapDeskMonitors(this IEndpointRouteBuilder routes, Func<IReadOnlyList<MonitorStatus>>? status)
    {
        Group(routes).MapGet("/monitors", () => Results.Json(new DeskMonitorsView(status is not null, [.. (status?.Invoke() ?? []).Select(DeskMonitorView.Of)]), Json))
            .Produces<DeskMonitorsView>().WithSummary("How each monitor of this gate does: last cycle, what it came to, next one, failures, missed cycles.");
        return routes;
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder routes) => routes.MapGroup("/api/v1/desk").WithTags("desk");

    private static async Task<IResult> AlertsAsync(AlertStore alerts, int limit, string? from, CancellationToken cancellation)
    {
        if (limit is < 1 or > LimitMax)
        {
            return Bad($"limit is 1 to {LimitMax}.");
        }

        DateTimeOffset? since = null;
        if (from is not null)
        {
            if (!DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return Bad("from is an instant, as 2026-11-20T03:45:00Z; a plus sign in a query is written %2B.");
            }

            since = at;
        }

        // Stores answer synchronously, and a host may run handlers on the thread that reads its connections.
        await Task.Yield();
        try
        {
            return Results.Json(new DeskAlertsView([.. (await alerts.LatestAsync(since, limit, cancellation)).Select(DeskAlertView.Of)]), Json);
        }
        catch (IOException problem)
        {
            return Results.Problem($"The alerts cannot be read: {problem.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Bad(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}
