using Microsoft.Extensions.Logging;

namespace Headgate.Strategies.Runs;

/// <summary>Log messages of the platform; ids 7000 runs, 7100 jobs, 7200 cache.</summary>
internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Error, "Execution {ExecutionId} of {Strategy} threw")]
    public static partial void RunCrashed(ILogger logger, Exception failure, long executionId, string strategy);

    [LoggerMessage(7001, LogLevel.Warning, "Execution {ExecutionId} of {Strategy} failed: {Reason}")]
    public static partial void RunFailed(ILogger logger, long executionId, string strategy, string reason);

    [LoggerMessage(7002, LogLevel.Warning, "{Count} executions were running when the server stopped and are marked failed")]
    public static partial void OrphansFailed(ILogger logger, int count);

    [LoggerMessage(7003, LogLevel.Error, "The strategy platform could not start; its requests are refused until the next start")]
    public static partial void StartFailed(ILogger logger, Exception failure);

    [LoggerMessage(7100, LogLevel.Information, "Job {JobId} is taken up again after a restart; attempts so far: {Attempts}")]
    public static partial void JobResumed(ILogger logger, string jobId, long attempts);

    [LoggerMessage(7101, LogLevel.Warning, "Job {JobId} failed in attempt {Attempt} and is tried again in {DelaySeconds} s: {Reason}")]
    public static partial void JobRetried(ILogger logger, string jobId, long attempt, int delaySeconds, string reason);

    [LoggerMessage(7102, LogLevel.Error, "Job {JobId} failed")]
    public static partial void JobFailed(ILogger logger, Exception failure, string jobId);

    [LoggerMessage(7103, LogLevel.Information, "Clean-up: {Deleted} ended jobs forgotten; cache holds {Entries} results with {Hits} hits")]
    public static partial void CleanedUp(ILogger logger, int deleted, long entries, long hits);

    [LoggerMessage(7200, LogLevel.Warning, "The result cache at {Address} is not reachable; runs compute until it is back: {Reason}")]
    public static partial void CacheAway(ILogger logger, string address, string reason);

    [LoggerMessage(7201, LogLevel.Information, "The result cache at {Address} is reachable again")]
    public static partial void CacheBack(ILogger logger, string address);
}
