namespace Headgate.Strategies.Runs;

/// <summary>The state of an execution as the API tells it.</summary>
/// <param name="ExecutionId">0 in the answer to an asynchronous submission; the job names the record.</param>
/// <param name="Cached">True when an earlier execution's result answers.</param>
public sealed record ExecutionStatus(
    long ExecutionId, string StrategyName, string Status, string? StartedAt, string? CompletedAt, double? DurationMs, long RowCount, string? ErrorMessage,
    bool Cached = false, string? JobId = null, string? UserId = null)
{
    internal static ExecutionStatus Of(RunRecord run) => new(
        run.Id, run.Strategy, run.Status, run.StartedAt, run.CompletedAt, run.DurationMs, run.RowCount, run.ErrorMessage, false, run.JobId, run.UserId);
}
