using Headgate.Upstreams.Faults;

namespace Headgate.Upstreams;

/// <summary>One request as the door saw it.</summary>
/// <param name="Sequence">1 for the first arrival since start or reset.</param>
/// <param name="At">The twin's clock when it arrived.</param>
/// <param name="BrokenRule">The limit it broke, or null.</param>
/// <param name="Fault">The fault its answer met.</param>
/// <param name="Status">The status answered, even where the fault kept it from leaving.</param>
public sealed record Arrival(
    long Sequence, DateTimeOffset At, TwinRequest Request, TwinRoute Route, string? BrokenRule, TwinFaultKind Fault, int Status)
{
    /// <summary>True when this arrival broke a limit.</summary>
    public bool IsViolation => BrokenRule is not null;
}
