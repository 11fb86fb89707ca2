namespace Headgate.Desk.Alerts;

/// <summary>How stubbornly alerts are delivered.</summary>
public sealed record AlertDeskOptions
{
    /// <summary>
    /// The window of repetitions: an alert of which nobody knows whether it arrived (the process died in the attempt, or the service did not answer) is sent
    /// again, showing its key, until this long after it was raised, and never after. Default 1 day; 0 never repeats and may lose.
    /// </summary>
    public TimeSpan RepeatWithin { get; init; } = TimeSpan.FromDays(1);

    /// <summary>An alert that certainly has not arrived is tried until this long after it was raised. Default 7 days.</summary>
    public TimeSpan KeepTryingFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>First wait after a failed attempt that named no moment itself; it doubles with every further one. Default 2 s.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest such wait. Default 2 min.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long raising an alert waits for the main channel before it answers that nobody has it yet. Default 60 s.</summary>
    public TimeSpan RaiseWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Undelivered alerts taken up again at start, at most, oldest first. Default 10,000.</summary>
    public int RecoverMax { get; init; } = 10_000;
}
