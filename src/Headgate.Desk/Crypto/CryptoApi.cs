using System.Text.Json;
using System.Text.Json.Serialization;
using Headgate.Desk.Crypto.Registry;
using Headgate.Refresh;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Desk.Crypto;

/// <summary>The crypto desk's part of the desk's API, under <c>/api/v1/desk/crypto</c>. Names are in snake case, as its users know them.</summary>
public static class CryptoApi
{
    private const string Absent = "No crypto desk runs in this gate; start one with headgate serve --desk crypto.";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Adds status, statistics, what is held of a symbol, whom it watches, and forgetting.</summary>
    /// <param name="routes">The gate's.</param>
    /// <param name="desk">Null where none runs in this gate: then each answer says so.</param>
    public static IEndpointRouteBuilder MapDeskCrypto(this IEndpointRouteBuilder routes, CryptoDesk? desk)
    {
        var api = routes.MapGroup("/api/v1/desk/crypto").WithTags("desk");
        api.MapGet("", () => desk is null ? Missing() : Results.Json(desk.Status(), Json))
            .Produces(200).Produces(404).WithSummary("How the crypto scheduler does: running, strategy, monitored_symbols, api_budget, cache_statistics, active_tasks, next_cycle_in, plan and problems.");
        api.MapGet("/statistics", () => desk is null ? Missing() : Results.Json(desk.Statistics(), Json))
            .Produces(200).Produces(404).WithSummary("Hits, misses, updates and hit rates of Cryptometer's and KingFisher's endpoints; fresh answers alone are hits.");
        api.MapGet("/{symbol}", (string symbol, CancellationToken cancellation) => WithAsync(desk, symbol, async (known, whom) => Results.Json(await known.SymbolAsync(whom, cancellation), Json)))
            .Produces(200).Produces(400).Produces(404).WithSummary("All that is held of a symbol, each with its age and whether it is fresh, stale or missing; calls nobody.");
        api.MapPost("/{symbol}", (string symbol, CancellationToken cancellation) => WithAsync(desk, symbol, async (known, whom) => Results.Json(new { symbol = whom.Name, added = await known.AddAsync(whom, cancellation) }, Json)))
            .Produces(200).Produces(400).Produces(404).Produces(503).WithSummary("Watches a symbol from now on, over restarts too.");
        api.MapDelete("/cache", (string? symbol, string? endpoint, bool? all, CancellationToken cancellation) => EraseAsync(desk, symbol, endpoint, all ?? false, cancellation))
            .Produces(200).Produces(400).Produces(404).WithSummary("Forgets exactly what is held of a symbol, of an endpoint, of both together, or with all=true of all watched symbols; one of the three must be given.");
        api.MapDelete("/{symbol}", (string symbol, CancellationToken cancellation) => WithAsync(desk, symbol, async (known, whom) => Results.Json(new { symbol = whom.Name, removed = await known.RemoveAsync(whom, cancellation) }, Json)))
            .Produces(200).Produces(400).Produces(404).Produces(503).WithSummary("Watches a symbol no longer.");
        return routes;
    }

    private static async Task<IResult> EraseAsync(CryptoDesk? desk, string? symbol, string? endpoint, bool all, CancellationToken cancellation)
    {
        if (desk is null)
        {
            return Missing();
        }

        // A coin may be called CACHE, and whoever no longer wants it means to forget nothing.
        if (all == (symbol is not null || endpoint is not null))
        {
            return Bad("Say what to forget: symbol, endpoint or both, or all=true alone. The coin CACHE is CACHE-USDT here.");
        }

        // Stores answer synchronously, and a host may run handlers on the thread that reads its connections.
        await Task.Yield();
        CryptoSymbol? whom = null;
        if (symbol is not null)
        {
            if (!CryptoSymbol.TryParse(symbol, out var parsed))
            {
                return Bad($"'{symbol}' is no symbol; {CryptoSymbol.Expected}.");
            }

            whom = parsed;
        }

        var what = endpoint is null ? null : desk.Reader.Registry.Find(endpoint);
        return endpoint is not null && what is null ? Bad($"'{endpoint}' is no endpoint of the registry.") : Results.Json(new { removed = await desk.EraseAsync(whom, what, cancellation) }, Json);
    }

    private static async Task<IResult> WithAsync(CryptoDesk? desk, string symbol, Func<CryptoDesk, CryptoSymbol, Task<IResult>> answer)
    {
        if (desk is null)
        {
            return Missing();
        }

        if (!CryptoSymbol.TryParse(symbol, out var whom))
        {
            return Bad($"'{symbol}' is no symbol; {CryptoSymbol.Expected}.");
        }

        await Task.Yield();
        try
        {
            return await answer(desk, whom);
        }
        catch (Exception refused) when (refused is FormatException or WatchException)
        {
            return Bad(refused.Message);
        }
        catch (IOException problem)
        {
            return Results.Problem($"The list of symbols stays as it was: {problem.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Missing() => Results.Problem(Absent, statusCode: StatusCodes.Status404NotFound);

    private static IResult Bad(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}
