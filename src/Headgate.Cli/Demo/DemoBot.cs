using Headgate.Cli.Api;

namespace Headgate.Cli.Demo;

/// <summary>A client that asks the same thing again and again, as monitors and bots do. It knows only the gate's address.</summary>
/// <param name="Name">Told to the gate as the client's name.</param>
/// <param name="Target">What it asks, path and query on the gate.</param>
/// <param name="Every">From one ask to the next; an answer that takes longer delays the next ask.</param>
internal sealed record DemoBot(string Name, string Target, TimeSpan Every)
{
    public async Task RunAsync(GateClient gate, TimeProvider time, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                await gate.AskAsync(Target, Name, cancellation);
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The demo ends.
        }
    }
}
