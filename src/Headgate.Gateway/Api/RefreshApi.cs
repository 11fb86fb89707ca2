using Headgate.Gateway.Operations;
using Headgate.Gateway.Proxy;
using Headgate.Refresh;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Gateway.Api;

/// <summary><c>/api/v1/gate/refresh</c>: watches and strategies.</summary>
internal static class RefreshApi
{
    private const string Path = "/refresh";

    public static void Map(IEndpointRouteBuilder routes, RefreshScheduler refresh)
    {
        var api = routes.MapGroup("/api/v1/gate").WithTags("gate");
        api.MapGet(Path, () => View(refresh))
            .Produces<RefreshView>().WithSummary("Watches, strategies and the plan: what is kept fresh, how often, and what of it the budgets cannot carry.");
        api.MapPost(Path, (WatchRequest body, CancellationToken cancellation) => TryAsync(refresh, () => AddAsync(refresh, body, cancellation)))
            .Produces<RefreshView>().Produces(400).Produces(503).WithSummary("Keeps items fresh without a client asking; survives restarts.");
        api.MapPatch(Path, (RefreshChange body, CancellationToken cancellation) => TryAsync(refresh, () => ChangeAsync(refresh, body, cancellation)))
            .Produces<RefreshView>().Produces(400).Produces(404).Produces(503).WithSummary("Changes the interval of a watch, or pins the strategy of one provider or of all.");
        api.MapDelete(Path, (string name, CancellationToken cancellation) => TryAsync(refresh, () => refresh.RemoveAsync(name, cancellation)))
            .Produces<RefreshView>().Produces(404).Produces(503).WithSummary("Ends a watch; what it holds stays.");
    }

    private static async ValueTask<bool> AddAsync(RefreshScheduler refresh, WatchRequest body, CancellationToken cancellation)
    {
        await refresh.AddAsync(WatchText.Parse(body.Name, body.Target, body.Every, body.Priority), cancellation);
        return true;
    }

    private static async ValueTask<bool> ChangeAsync(RefreshScheduler refresh, RefreshChange body, CancellationToken cancellation)
    {
        if (body is { Name: { } name, Every: { } every, Pin: null, Provider: null })
        {
            return await refresh.SetIntervalAsync(name, WatchText.Interval(every), cancellation);
        }

        if (body is { Pin: { } pin, Name: null, Every: null })
        {
            await refresh.PinAsync(WatchText.Strategy(pin), body.Provider, cancellation);
            return true;
        }

        throw new WatchException("Give a name and every, or a pin and perhaps a provider.");
    }

    private static async Task<IResult> TryAsync(RefreshScheduler refresh, Func<ValueTask<bool>> change)
    {
        try
        {
            return await change()
                ? View(refresh)
                : Problems.Result(new Problem(ProblemType.NotFound, 404, "There is no watch of that name; GET /api/v1/gate/refresh lists them."));
        }
        catch (WatchException refused)
        {
            return Problems.Result(new Problem(ProblemType.BadRequest, 400, refused.Message));
        }
        catch (IOException problem)
        {
            return Problems.Result(new Problem(ProblemType.StoreUnwritable, 503, $"It could not be made durable: {problem.Message}"));
        }
    }

    private static IResult View(RefreshScheduler refresh) => Results.Json(new RefreshView(refresh.Status(), refresh.Plan()), GateJson.Options);
}
