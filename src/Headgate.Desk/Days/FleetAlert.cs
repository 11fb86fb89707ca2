namespace Headgate.Desk.Days;

/// <summary>Something a fleet decided, as far as runs of one day are compared by it.</summary>
/// <param name="Key">Who decided what about whom in which cycle; unique within a day.</param>
/// <param name="At">When it was found.</param>
/// <param name="Service">The system that found it.</param>
public sealed record FleetAlert(string Key, DateTimeOffset At, string Service);
