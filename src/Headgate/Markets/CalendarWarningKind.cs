namespace Headgate.Markets;

/// <summary>What is amiss in a calendar.</summary>
public enum CalendarWarningKind
{
    /// <summary>The year asked about has no list.</summary>
    YearMissing,

    /// <summary>It is November or later and the coming year has no list.</summary>
    NextYearMissing,

    /// <summary>A session takes place at hours nobody has told us.</summary>
    HoursUnknown,
}
