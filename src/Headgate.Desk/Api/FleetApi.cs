using System.Text.Json;
using Headgate.Desk.Fleet;
using Headgate.Desk.Fleet.Statistics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Desk.Api;

/// <summary><c>/api/v1/desk/fleet</c>: the bots, what they cost, and the mode of each. Looking evaluates nothing and asks nobody.</summary>
public static class FleetApi
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Maps the bot fleet.</summary>
    /// <param name="routes">The gate's.</param>
    /// <param name="fleet">The fleet; null where none runs in this gate.</param>
    /// <param name="report">What it cost; null where none runs.</param>
    public static IEndpointRouteBuilder MapDeskFleet(this IEndpointRouteBuilder routes, FleetHost? fleet, Func<FleetReport>? report)
    {
        var api = routes.MapGroup("/api/v1/desk/fleet").WithTags("desk");
        api.MapGet("", () => View(fleet))
            .Produces<FleetView>().WithSummary("The bot fleet: bots by signal and strength with the reason of each, age of data, next run, last order; and what is wrong, if anything is.");
        api.MapGet("/statistics", () => report is null ? Absent() : Results.Json(FleetStatisticsView.Of(report()), Json))
            .Produces<FleetStatisticsView>().Produces(404).WithSummary("What the fleet asked and what that cost since this process began, by kind of data and caller; budgets, breakers, and reductions.");
        api.MapPatch("/bots/{pair}", (string pair, FleetBotChange body, CancellationToken cancellation) => ChangeAsync(fleet, pair, body, cancellation))
            .Produces<FleetView>().Produces(400).Produces(404).Produces(503).WithSummary("Switches one bot's mode (on, shadow, bypass; unset gives back that of the settings) from its next evaluation on, over restarts too.");
        return routes;
    }

    private static BotMode? ModeOf(string? word) => word?.ToLowerInvariant() switch
    {
        "on" => BotMode.On,
        "shadow" => BotMode.Shadow,
        "bypass" => BotMode.Bypass,
        _ => null,
    };

    private static async Task<IResult> ChangeAsync(FleetHost? fleet, string pair, FleetBotChange body, CancellationToken cancellation)
    {
        if (fleet is null)
        {
            return Absent();
        }

        BotMode? mode = null;
        if (body.Mode is not "unset")
        {
            if (ModeOf(body.Mode) is not { } named)
            {
                return Results.Problem("mode is on, shadow, bypass or unset.", statusCode: StatusCodes.Status400BadRequest);
            }

            mode = named;
        }

        // Stores answer synchronously, and a host may run handlers on the thread that reads its connections.
        await Task.Yield();
        try
        {
            return await fleet.SetModeAsync(pair, mode, cancellation)
                ? View(fleet)
                : Results.Problem($"There is no bot of {pair}; GET /api/v1/desk/fleet lists them.", statusCode: StatusCodes.Status404NotFound);
        }
        catch (IOException problem)
        {
            return Results.Problem($"It could not be made durable: {problem.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult View(FleetHost? fleet) => Results.Json(FleetView.Of(fleet?.Status()), Json);

    private static IResult Absent() => Results.Problem("No fleet runs in this gate; start it with: headgate serve --desk fleet", statusCode: StatusCodes.Status404NotFound);
}
