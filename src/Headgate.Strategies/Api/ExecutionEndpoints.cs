using Headgate.Strategies.Analytics;
using Headgate.Strategies.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Strategies.Api;

internal static class ExecutionEndpoints
{
    private const int LimitMax = 500;
    private const string ExcelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static readonly string[] Statuses = ["pending", "running", "completed", "failed"];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/execute", ExecuteAsync).WithName("execute").WithSummary("Run a strategy, or answer from the cache, or queue a job")
            .Accepts<ExecuteRequestBody>("application/json").Produces<ExecutionStatus>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422).ProducesProblem(500).ProducesProblem(503);
        api.MapGet("/executions", List).WithName("listExecutions").WithSummary("Executions, newest first").Produces<IReadOnlyList<ExecutionStatus>>().ProducesProblem(422);
        api.MapGet("/executions/{id:long}", Get).WithName("getExecution").WithSummary("An execution with its rows; fields, limit and offset page large results")
            .Produces<ExecutionBody>().ProducesProblem(404).ProducesProblem(422);
        api.MapGet("/executions/{id:long}/analytics", Analytics).WithName("getExecutionAnalytics").WithSummary("Equity, drawdown, summary and pivot").Produces<AnalyticsReport>().ProducesProblem(404);
        api.MapGet("/executions/{id:long}/export", Export).WithName("exportExecution").WithSummary("The rows as csv or xlsx")
            .Produces<Stream>(200, "text/csv", ExcelType).ProducesProblem(404).ProducesProblem(422);
    }

    private static async Task<IResult> ExecuteAsync(HttpContext http, RunService service, CancellationToken cancellation)
    {
        var (request, error) = await ExecuteBody.ReadAsync(http.Request, cancellation);
        if (request is null)
        {
            return ApiResults.Unprocessable(error!);
        }

        var outcome = await service.ExecuteAsync(request, cancellation);
        return outcome.Status is { } status
            ? ApiResults.Json(status)
            : ApiResults.Problem(
                outcome.Refusal switch
                {
                    ExecuteRefusal.UnknownStrategy => StatusCodes.Status404NotFound,
                    ExecuteRefusal.InvalidParameters => StatusCodes.Status400BadRequest,
                    ExecuteRefusal.QueueFull => StatusCodes.Status503ServiceUnavailable,
                    _ => StatusCodes.Status500InternalServerError,
                },
                outcome.Detail!);
    }

    private static IResult List(RunStore runs, int limit = 50, int offset = 0, string? status = null, string? strategy_name = null, string? user_id = null)
    {
        if (limit is < 1 or > LimitMax || offset < 0)
        {
            return ApiResults.Unprocessable($"limit must be 1 to {LimitMax} and offset at least 0");
        }

        return status is not null && !Statuses.Contains(status, StringComparer.Ordinal)
            ? ApiResults.Unprocessable($"status must be one of {string.Join(", ", Statuses)}")
            : ApiResults.Json(runs.List(new RunFilter(limit, offset, status, strategy_name, user_id)).Select(ExecutionStatus.Of));
    }

    private static IResult Get(long id, RunStore runs, string? fields = null, int offset = 0, int? limit = null)
    {
        if (runs.Find(id) is not { } run)
        {
            return NotFound(id);
        }

        if (offset < 0 || limit < 1)
        {
            return ApiResults.Unprocessable("limit must be at least 1 and offset at least 0");
        }

        var (json, unknown) = ExecutionJson.Write(run, runs.Output(id), fields?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), offset, limit);
        return json is null ? ApiResults.Unprocessable($"Unknown field '{unknown}'") : ApiResults.RawJson(json);
    }

    private static IResult Analytics(long id, RunStore runs, bool all = false) => runs.Output(id) is { } output
        ? ApiResults.Json(ExecutionAnalytics.Of(output, all))
        : NotFound(id);

    private static IResult Export(long id, RunStore runs, string format = "csv")
    {
        if (runs.Find(id) is not { } run || runs.Output(id) is not { } output)
        {
            return NotFound(id);
        }

        var name = $"{run.Strategy}_{id}";
        return format switch
        {
            "csv" => Results.File(System.Text.Encoding.UTF8.GetBytes(CsvExport.Write(ResultJson.Table(output.DataJson))), "text/csv; charset=utf-8", $"{name}.csv"),
            "xlsx" => Results.File(
                ExcelExport.Write(ResultJson.Table(output.DataJson), ExecutionAnalytics.Of(output)),
                ExcelType, $"{name}.xlsx"),
            _ => ApiResults.Unprocessable("format must be csv or xlsx"),
        };
    }

    private static IResult NotFound(long id) => ApiResults.NotFound($"Execution {id} not found");
}
