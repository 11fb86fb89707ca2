using Headgate.Strategies.Runs;
using Headgate.Strategies.Runs.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Strategies.Api;

internal static class JobEndpoints
{
    private const int LimitMax = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs", List).WithName("listJobs").WithSummary("Jobs, newest first").Produces<IReadOnlyList<JobView>>().ProducesProblem(422);
        api.MapGet("/jobs/{id}", Get).WithName("getJob").WithSummary("A job's state, progress and result").Produces<JobView>().ProducesProblem(404);
        api.MapDelete("/jobs/{id}", CancelAsync).WithName("cancelJob").WithSummary("Cancel a job").Produces<JobView>().ProducesProblem(404).ProducesProblem(409);
    }

    private static IResult List(JobStore jobs, int limit = 50, int offset = 0, string? state = null) => limit is < 1 or > LimitMax || offset < 0
        ? ApiResults.Unprocessable($"limit must be 1 to {LimitMax} and offset at least 0")
        : ApiResults.Json(jobs.List(limit, offset, state?.ToUpperInvariant()).Select(j => JobView.Of(j)));

    private static IResult Get(string id, JobStore jobs, RunStore runs) =>
        jobs.Find(id) is { } job ? ApiResults.Json(JobView.Of(job, runs)) : NotFound(id);

    private static async Task<IResult> CancelAsync(string id, JobStore jobs, JobQueue queue, CancellationToken cancellation)
    {
        if (jobs.Find(id) is null)
        {
            return NotFound(id);
        }

        var cancelled = await queue.CancelAsync(id, cancellation);
        var job = jobs.Find(id)!;
        return cancelled
            ? ApiResults.Json(JobView.Of(job))
            : ApiResults.Problem(StatusCodes.Status409Conflict, $"Job '{id}' has already ended: {JobView.Of(job).Status}");
    }

    private static IResult NotFound(string id) => ApiResults.NotFound($"Job '{id}' not found");
}
