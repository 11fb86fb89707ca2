namespace Headgate.Desk.Monitors.Hosting;

/// <summary>A system that looks at the market at scheduled moments.</summary>
public interface IMonitor
{
    /// <summary>Its name on the command line and in reports: <c>stock</c>, <c>onemin</c>, <c>atr</c>, <c>options</c>.</summary>
    string Name { get; }

    /// <summary>How late after its moment a cycle may still begin (exclusive); default one minute. What is later is missed.</summary>
    TimeSpan LateMax => TimeSpan.FromMinutes(1);

    /// <summary>
    /// True for one that fills this process's memory: it runs in every process, whatever an earlier one did, and before the others where all run once.
    /// Default false.
    /// </summary>
    bool IsPerProcess => false;

    /// <summary>The scheduled moments of a trading day, in order; the monitor checks day and window itself.</summary>
    IReadOnlyList<DateTimeOffset> Moments(DateOnly day);

    /// <summary>Runs one cycle. Prices are not older than <paramref name="cycle"/>, its scheduled start.</summary>
    ValueTask<CycleResult> RunAsync(DateTimeOffset cycle, CancellationToken cancellation);
}
