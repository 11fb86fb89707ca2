using System.Text.Json;
using Headgate.Strategies.Runs.Cache;
using Headgate.Strategies.Runs.Jobs;
using Headgate.Strategies.Store;
using Microsoft.Extensions.Logging;

namespace Headgate.Strategies.Runs;

/// <summary>
/// Executes requests in the order of specification §6: the strategy exists, the parameters hold, the cache answers, a job is queued, or the run
/// happens now. Safe for concurrent use.
/// </summary>
public sealed class RunService(
    StrategyRegistry registry, IDailySeriesSource data, RunStore runs, IResultCache cache, MetricsRegistry metrics, StrategyRunner runner,
    JobQueue jobs, TimeProvider time, ILogger<RunService> logger)
{
    public async Task<ExecuteOutcome> ExecuteAsync(ExecuteRequest request, CancellationToken cancellation)
    {
        var asked = time.GetTimestamp();
        if (registry.Find(request.StrategyName) is not { } strategy)
        {
            return new ExecuteOutcome(null, ExecuteRefusal.UnknownStrategy, $"Strategy '{request.StrategyName}' not found");
        }

        var (values, error) = ParameterValidator.Check(strategy, request.Parameters);
        if (values is null)
        {
            return new ExecuteOutcome(null, ExecuteRefusal.InvalidParameters, $"Invalid parameters: {error}");
        }

        if (request.UseCache && await FromCacheAsync(strategy, values, asked, cancellation) is { } cached)
        {
            return new ExecuteOutcome(cached);
        }

        return request.AsyncExecution
            ? await QueueAsync(strategy, values, request.UserId, cancellation)
            : await RunNowAsync(strategy, values, request.UserId, cancellation);
    }

    private async Task<ExecutionStatus?> FromCacheAsync(IStrategy strategy, ParameterValues values, long asked, CancellationToken cancellation)
    {
        if (!await cache.IsAvailableAsync())
        {
            return null;
        }

        var key = RunHash.CacheKey(strategy, values, await data.VersionAsync(cancellation));
        // A shared cache may know executions of another data directory; only what can be fetched here is an answer.
        if (await cache.GetAsync(strategy.Name, key) is not { } hit || runs.Find(hit.ExecutionId) is not { Status: "completed" } run || run.Strategy != strategy.Name)
        {
            metrics.CacheMiss(strategy.Name);
            return null;
        }

        metrics.CacheHit(strategy.Name, time.GetElapsedTime(asked).TotalMilliseconds);
        return ExecutionStatus.Of(run) with { Cached = true, JobId = null };
    }

    private async Task<ExecuteOutcome> QueueAsync(IStrategy strategy, ParameterValues values, string user, CancellationToken cancellation)
    {
        var id = await jobs.SubmitAsync(strategy, values, user, cancellation);
        return id is null
            ? new ExecuteOutcome(null, ExecuteRefusal.QueueFull, "Too many open jobs")
            : new ExecuteOutcome(new ExecutionStatus(0, strategy.Name, "pending", null, null, null, 0, null, false, id, user));
    }

    private async Task<ExecuteOutcome> RunNowAsync(IStrategy strategy, ParameterValues values, string user, CancellationToken cancellation)
    {
        var id = runs.Start(strategy.Name, RunHash.Execution(values), ParametersJson(values), user);
        var started = time.GetTimestamp();
        try
        {
            // The caller's leaving does not stop the run: its result is stored and answers the next ask.
            var result = await runner.RunAsync(strategy, values, null, CancellationToken.None);
            if (result.Output is { } output)
            {
                runs.Complete(id, result.Milliseconds, output);
                metrics.Succeeded(strategy.Name, result.Milliseconds);
                await CacheAsync(strategy, values, id, result);
            }
            else
            {
                Fail(strategy, id, result.Milliseconds, result.Error!);
            }
        }
        catch (RunLimitException limit)
        {
            Fail(strategy, id, time.GetElapsedTime(started).TotalMilliseconds, limit.Message);
        }
        catch (Exception failure)
        {
            // The boundary between the platform and strategies, which may be the user's own code.
            var elapsed = time.GetElapsedTime(started).TotalMilliseconds;
            Log.RunCrashed(logger, failure, id, strategy.Name);
            runs.Fail(id, elapsed, failure.Message);
            metrics.Failed(strategy.Name, elapsed, failure.Message);
            return new ExecuteOutcome(null, ExecuteRefusal.Crashed, $"Strategy execution failed: {failure.Message}");
        }

        return new ExecuteOutcome(ExecutionStatus.Of(runs.Find(id)!));
    }

    /// <summary>Keeps a finished run for the next ask.</summary>
    internal async ValueTask CacheAsync(IStrategy strategy, ParameterValues values, long executionId, RunResult result)
    {
        if (result is { Output: { } output, IsCurrent: true } && runs.Find(executionId) is { } run)
        {
            await cache.SetAsync(
                strategy.Name, RunHash.CacheKey(strategy, values, result.DataVersion),
                new CachedRun(executionId, output.DataJson, output.MetadataJson, result.Milliseconds, output.RowCount, run.StartedAt, run.CompletedAt));
        }
    }

    internal static string ParametersJson(ParameterValues values)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            ResultJson.WriteParameters(writer, values);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private void Fail(IStrategy strategy, long id, double elapsed, string reason)
    {
        Log.RunFailed(logger, id, strategy.Name, reason);
        runs.Fail(id, elapsed, reason);
        metrics.Failed(strategy.Name, elapsed, reason);
    }
}
