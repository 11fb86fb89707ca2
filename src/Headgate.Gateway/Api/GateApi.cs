using System.Globalization;
using Headgate.Explain;
using Headgate.Gateway.Proxy;
using Headgate.History;
using Headgate.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Gateway.Api;

/// <summary>The gate's own reports under <c>/api/v1/gate</c>, read-only but for the verification of stored candles.</summary>
internal static class GateApi
{
    public static void Map(IEndpointRouteBuilder routes, IEngineDoor engine)
    {
        var gate = routes.MapGroup("/api/v1/gate").WithTags("gate");
        gate.MapGet("/providers", () => Json(engine.Catalogue.Providers.Values.OrderBy(provider => provider.Name, StringComparer.Ordinal).Select(ProviderView.Of)))
            .Produces<IEnumerable<ProviderView>>().WithSummary("The catalogue as it runs: providers, their limits and endpoints.");
        gate.MapGet("/budgets", () => Json(engine.Budgets()))
            .Produces<IReadOnlyList<BudgetStatus>>().WithSummary("Every limit that has been touched, with its live state.");
        gate.MapGet("/budgets/{limit}", (string limit) => engine.Ask(limit) is { } budget
            ? Json(budget)
            : Problems.Result(new Problem(ProblemType.NotFound, 404, "No provider has a limit of that id; ids are like kite.quote.")))
            .Produces<BudgetStatus>().Produces(404).WithSummary("Would a call be let through now, and if not, when? Spends nothing.");
        gate.MapGet("/stats", () => Json(StatsView.Of(engine.Stats(), engine.Catalogue)))
            .Produces<StatsView>().WithSummary("Counts since the start.");
        gate.MapPost("/history/verify", async (string provider, string series, string from, string to, bool? replace, CancellationToken cancellation) =>
            Json(await engine.VerifyAsync(new HistoryQuestion(provider, series, from, to, replace ?? false), cancellation)))
            .Produces<HistoryVerification>().WithSummary("Asks the upstream again for closed candles that are stored and tells which rows differ.");
        gate.MapGet("/explain/{requestId}", (string requestId) =>
            long.TryParse(requestId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && engine.Explain(id) is { } explanation
                ? Json(explanation)
                : Problems.Result(new Problem(ProblemType.NotFound, 404, "No request of that id is remembered; the newest few thousand are.")))
            .Produces<Explanation>().Produces(404).WithSummary("Every decision for one request, by the id in its Headgate-Request-Id response header.");
    }

    private static IResult Json<T>(T value) => Results.Json(value, GateJson.Options);
}
