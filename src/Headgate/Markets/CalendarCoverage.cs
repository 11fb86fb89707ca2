namespace Headgate.Markets;

/// <summary>How far a calendar's answer for a date can be trusted.</summary>
public enum CalendarCoverage
{
    /// <summary>The year has no list: every day of the weekly pattern is assumed to be a trading day.</summary>
    Assumed,

    /// <summary>The date's year is listed in full, or the date itself is stated.</summary>
    Listed,
}
