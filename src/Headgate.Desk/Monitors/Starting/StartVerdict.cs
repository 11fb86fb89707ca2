namespace Headgate.Desk.Monitors.Starting;

/// <summary>May the monitors start?</summary>
/// <param name="ExitCode">0 to go on, 1 to stop.</param>
/// <param name="Problem">Why to stop, or null.</param>
/// <param name="Warnings">What to look at all the same.</param>
public sealed record StartVerdict(int ExitCode, string? Problem, IReadOnlyList<string> Warnings)
{
    public bool MayStart => ExitCode == 0;
}
