namespace Headgate.Desk.Monitors.Hosting;

/// <summary>How a monitor is doing. Times are wall clock.</summary>
/// <param name="Name">The monitor's name.</param>
public sealed record MonitorStatus(string Name)
{
    /// <summary>Is a cycle under way?</summary>
    public bool IsRunning { get; init; }

    /// <summary>Scheduled start of its last cycle, or null before the first (earlier processes' included).</summary>
    public DateTimeOffset? LastCycle { get; init; }

    /// <summary>When that ended; null while it runs, or when the process died with it.</summary>
    public DateTimeOffset? LastEnded { get; init; }

    /// <summary>What it came to; null when it failed or was another process's.</summary>
    public CycleResult? LastResult { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? LastError { get; init; }

    /// <summary>Its next moment, or null when none is known yet.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>Cycles this process ran.</summary>
    public int Runs { get; init; }

    /// <summary>Of these, how many failed.</summary>
    public int Failures { get; init; }

    /// <summary>Cycles nobody ran in time since this process began.</summary>
    public int Missed { get; init; }
}
