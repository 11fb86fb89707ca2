namespace Headgate.Cli.Monitoring;

/// <summary>Tells of a system while it runs, and once more when it has ended. What cannot be told ends the system at once, and is thrown.</summary>
internal static class Telling
{
    /// <param name="run">Runs until cancelled.</param>
    /// <param name="tell">Writes what is new since it was last called.</param>
    /// <param name="every">How often.</param>
    /// <param name="time">Whose timers.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static async Task WhileAsync(Func<CancellationToken, Task> run, Action tell, TimeSpan every, TimeProvider time, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var telling = RepeatAsync(tell, every, time, stop);
        try
        {
            await run(stop.Token);
        }
        finally
        {
            // Not CancelAsync, which passes through the thread pool.
            stop.Cancel();
            await telling;
        }
    }

    private static async Task RepeatAsync(Action tell, TimeSpan every, TimeProvider time, CancellationTokenSource stop)
    {
        try
        {
            tell();
            using var timer = new PeriodicTimer(every, time);
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                tell();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            tell();
        }
        finally
        {
            // Nothing where its end was asked for.
            stop.Cancel();
        }
    }
}
