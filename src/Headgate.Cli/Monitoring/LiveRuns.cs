using Microsoft.Extensions.Logging;

namespace Headgate.Cli.Monitoring;

/// <summary>Runs systems of the desk side by side. One that fails harms no other, nor the gate: it is logged and begins again after a pause.</summary>
/// <param name="time">Whose timers.</param>
/// <param name="log">Told of what failed.</param>
internal sealed class LiveRuns(TimeProvider time, ILogger log)
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromSeconds(10);

    // One that ran for longer than that had recovered.
    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(5);

    /// <summary>Runs all until cancelled; ends without an exception then.</summary>
    public async Task RunAsync(IReadOnlyList<ILiveSystem> systems, CancellationToken cancellation)
    {
        // None of them throws. Awaited directly: WhenAll passes through the thread pool, and virtual time does not.
        foreach (var running in systems.Select(system => RunAsync(system, cancellation)).ToList())
        {
            await running;
        }
    }

    private async Task RunAsync(ILiveSystem system, CancellationToken cancellation)
    {
        var pause = PauseMin;
        while (true)
        {
            var began = time.GetTimestamp();
            try
            {
                await system.RunAsync(cancellation);
                return;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                pause = time.GetElapsedTime(began) > PauseMax ? PauseMin : pause;
                LiveDeskLog.SystemFailed(log, problem, system.Name, pause);
            }

            if (!await WaitAsync(pause, cancellation))
            {
                return;
            }

            pause = pause * 2 < PauseMax ? pause * 2 : PauseMax;
        }
    }

    /// <returns>False when it was cancelled.</returns>
    private async Task<bool> WaitAsync(TimeSpan pause, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(pause, time, cancellation);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
