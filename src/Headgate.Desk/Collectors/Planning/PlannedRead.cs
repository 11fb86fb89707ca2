namespace Headgate.Desk.Collectors.Planning;

/// <summary>How often something is read.</summary>
/// <param name="Wanted">The interval wanted.</param>
/// <param name="Interval">The interval it gets.</param>
/// <param name="StretchPercent">100 when the budgets carry what is wanted; 180 when it had to become 1.8 times as long.</param>
/// <param name="StretchedFor">The limit that could not carry it, or null.</param>
/// <param name="Problem">Why it cannot be read at all, or null.</param>
public sealed record PlannedRead(TimeSpan Wanted, TimeSpan Interval, int StretchPercent, string? StretchedFor, string? Problem);
