using Headgate.Strategies.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Strategies.Api;

internal static class StrategyEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/strategies", List).WithName("listStrategies").WithSummary("All strategies with their parameters").Produces<IReadOnlyList<StrategyInfo>>();
        api.MapGet("/strategies/{name}", Get).WithName("getStrategy").WithSummary("One strategy").Produces<StrategyInfo>().ProducesProblem(404);
    }

    private static IResult List(StrategyRegistry registry) => ApiResults.Json(registry.All.Select(StrategyInfo.Of));

    private static IResult Get(string name, StrategyRegistry registry) => registry.Find(name) is { } strategy
        ? ApiResults.Json(StrategyInfo.Of(strategy))
        : ApiResults.NotFound($"Strategy '{name}' not found");
}
