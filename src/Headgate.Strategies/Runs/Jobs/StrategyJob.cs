using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Headgate.Strategies.Runs.Jobs;

/// <summary>One attempt at a job, started by Quartz.</summary>
internal sealed class StrategyJob(
    JobStore store, JobQueue queue, StrategyRegistry registry, StrategyRunner runner, RunService service, MetricsRegistry metrics,
    TimeProvider time, StrategyPlatformOptions options, ILogger<StrategyJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var id = context.JobDetail.Key.Name;
        if (store.Begin(id) is not { } job)
        {
            return; // Ended before this attempt began: cancelled, or completed by an attempt whose end Quartz did not see.
        }

        var started = time.GetTimestamp();
        try
        {
            await RunAsync(job, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A cancelled job was ended by whoever cancelled it. A stopping server leaves the job open; it is taken up at the next start.
            store.WaitForRetry(id, JobState.Retry, "interrupted: the server stopped");
        }
        catch (Exception failure) when (IsTransient(failure) && job.Attempts <= options.RetryDelaysSeconds.Count)
        {
            var delay = options.RetryDelaysSeconds[(int)job.Attempts - 1];
            Log.JobRetried(logger, id, job.Attempts, delay, failure.Message);
            store.WaitForRetry(id, JobState.Retry, failure.Message);
            await queue.RescheduleAsync(id, TimeSpan.FromSeconds(delay), CancellationToken.None);
        }
        catch (Exception failure)
        {
            // The boundary between the queue and strategies, which may be the user's own code.
            Log.JobFailed(logger, failure, id);
            var elapsed = time.GetElapsedTime(started).TotalMilliseconds;
            store.End(id, JobState.Failure, failure.Message, elapsed);
            metrics.Failed(job.Strategy, elapsed, failure.Message);
        }
    }

    private async Task RunAsync(JobRecord job, CancellationToken cancellation)
    {
        var strategy = registry.Find(job.Strategy) ?? throw new InvalidOperationException($"Strategy '{job.Strategy}' not found");
        using var parameters = JsonDocument.Parse(job.Parameters);
        var given = parameters.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        var (values, error) = ParameterValidator.Check(strategy, given);
        if (values is null)
        {
            throw new InvalidOperationException($"Invalid parameters: {error}");
        }

        var result = await runner.RunAsync(strategy, values, new JobProgress(store, job.Id, time), cancellation);
        if (result.Output is not { } output)
        {
            store.End(job.Id, JobState.Failure, result.Error!, result.Milliseconds);
            metrics.Failed(strategy.Name, result.Milliseconds, result.Error!);
        }
        else if (store.Succeed(job.Id, job.ExecutionId, result.Milliseconds, output))
        {
            metrics.Succeeded(strategy.Name, result.Milliseconds);
            await service.CacheAsync(strategy, values, job.ExecutionId, result);
        }
    }

    /// <summary>What may pass by itself: a busy or unreachable store, the network, the disk. A limit that was exceeded would be exceeded again.</summary>
    private static bool IsTransient(Exception failure) =>
        failure is TransientStrategyException or SqliteException { SqliteErrorCode: 5 or 6 or 10 } or IOException or TimeoutException or HttpRequestException or SocketException;
}
