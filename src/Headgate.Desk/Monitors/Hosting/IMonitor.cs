namespace Headgate.Desk.Monitors.Hosting;

/// <summary>A system that looks at the market at scheduled moments.</summary>
public interface IMonitor
{
    /// <summary>Its name on the command line and in reports: <c>stock</c>, <c>onemin</c>, <c>atr</c>, <c>options</c>.</summary>
    string Name { get; }

    /// <summary>The scheduled moments of a trading day, in order; the monitor checks day and window itself.</summary>
    IReadOnlyList<DateTimeOffset> Moments(DateOnly day);

    /// <summary>Runs one cycle. Prices are not older than <paramref name="cycle"/>, its scheduled start.</summary>
    ValueTask<CycleResult> RunAsync(DateTimeOffset cycle, CancellationToken cancellation);
}
