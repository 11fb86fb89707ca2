using Headgate.Strategies.Store;

namespace Headgate.Strategies.Runs;

/// <summary>Runs one strategy once: limits, timing, and the JSON of the result. Keeps no state.</summary>
public sealed class StrategyRunner(IDailySeriesSource data, TimeProvider time, StrategyPlatformOptions options)
{
    /// <summary>
    /// Runs on the pool, so that a strategy that never looks at its token can be abandoned at the hard limit instead of holding its caller.
    /// </summary>
    /// <exception cref="RunLimitException">The soft or the hard limit passed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<RunResult> RunAsync(IStrategy strategy, ParameterValues values, IProgress<StrategyProgress>? progress, CancellationToken cancellation)
    {
        using var soft = new CancellationTokenSource(TimeSpan.FromSeconds(options.SoftLimitSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(soft.Token, cancellation);
        var started = time.GetTimestamp();
        var version = await data.VersionAsync(cancellation);
        try
        {
            var context = new StrategyContext(values, data, progress);
            var result = await Task.Factory.StartNew(
                    () => strategy.RunAsync(context, both.Token), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default)
                .Unwrap().WaitAsync(TimeSpan.FromSeconds(options.HardLimitSeconds), time, cancellation);
            var output = result.Error is null ? ResultJson.Of(strategy, values, version, result) : null;
            // A result over data that changed underneath answers this caller but must not answer later ones.
            var isCurrent = await data.VersionAsync(cancellation) == version;
            return new RunResult(output, result.Error, version, isCurrent, time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (OperationCanceledException stopped) when (soft.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new RunLimitException($"soft time limit ({options.SoftLimitSeconds} s) exceeded", stopped);
        }
        catch (TimeoutException abandoned) when (time.GetElapsedTime(started) >= TimeSpan.FromSeconds(options.HardLimitSeconds))
        {
            throw new RunLimitException($"hard time limit ({options.HardLimitSeconds} s) exceeded", abandoned);
        }
    }
}
