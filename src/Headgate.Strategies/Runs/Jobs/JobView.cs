using System.Text.Json;

namespace Headgate.Strategies.Runs.Jobs;

/// <summary>A job as the API tells it: state, status, and by state a message, info, result or error.</summary>
/// <param name="State">PENDING, STARTED, PROCESSING, RETRY, SUCCESS, FAILURE or REVOKED.</param>
/// <param name="Status">pending, running, processing, completed, failed; other states in lower case.</param>
public sealed record JobView(
    string JobId, string State, string Status, string? Message, JobProgressView? Info, JsonElement? Result, string? Error, string Strategy, JsonElement Parameters,
    JobProgressView Progress, long Attempts, string CreatedAt, string? StartedAt, string? FinishedAt, long ExecutionId)
{
    internal static JobView Of(JobRecord job, RunStore? results = null)
    {
        var progress = JobProgressView.Of(job);
        return new JobView(
            job.Id, job.State, JobState.Status(job.State),
            job.State switch { JobState.Pending => "Job is waiting to be processed", JobState.Retry => $"Job waits for another attempt: {job.Error}", _ => null },
            job.State is JobState.Started or JobState.Processing ? progress : null,
            job.State == JobState.Success && results is not null ? SuccessResult(job, results) : null,
            job.State is JobState.Failure or JobState.Revoked ? job.Error : null,
            job.Strategy, Parse(job.Parameters), progress, job.Attempts, job.CreatedAt, job.StartedAt, job.FinishedAt, job.ExecutionId);
    }

    private static JsonElement? SuccessResult(JobRecord job, RunStore results)
    {
        if (results.Output(job.ExecutionId) is not { } output || results.Find(job.ExecutionId) is not { } run)
        {
            return null;
        }

        return JsonSerializer.SerializeToElement(
            new
            {
                Status = JobState.Success,
                job.Strategy,
                Parameters = Parse(job.Parameters),
                Result = new { Data = Parse(output.DataJson), Metadata = Parse(output.MetadataJson), ExecutionTimeMs = run.DurationMs, output.RowCount },
            },
            PlatformJson.Options);
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
