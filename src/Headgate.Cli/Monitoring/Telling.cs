namespace Headgate.Cli.Monitoring;

/// <summary>Tells of a system while it runs, and once more when it has ended.</summary>
internal static class Telling
{
    /// <param name="run">Runs until cancelled.</param>
    /// <param name="tell">Writes what is new since it was last called.</param>
    /// <param name="every">How often.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static async Task WhileAsync(Func<CancellationToken, Task> run, Action tell, TimeSpan every, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var telling = RepeatAsync(tell, every, stop.Token);
        try
        {
            await run(cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await telling;
        }
    }

    private static async Task RepeatAsync(Action tell, TimeSpan every, CancellationToken stop)
    {
        try
        {
            tell();
            using var timer = new PeriodicTimer(every, TimeProvider.System);
            while (await timer.WaitForNextTickAsync(stop))
            {
                tell();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            tell();
        }
    }
}
