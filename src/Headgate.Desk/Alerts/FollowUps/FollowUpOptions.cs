namespace Headgate.Desk.Alerts.FollowUps;

/// <summary>When prices after an alert are taken, and where the workbook is.</summary>
public sealed record FollowUpOptions
{
    /// <summary>First follow-up, counted from the alert's cycle. Default 2 min.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Second follow-up. Default 10 min.</summary>
    public TimeSpan Second { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How much later than its moment a price still counts as that moment's. Default 3 min; later it stays empty.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>End-of-day prices are taken this long after the close, and again at the later ones where some are still missing. Default 1, 15 and 60 min.</summary>
    public IReadOnlyList<TimeSpan> AfterClose { get; init; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)];

    /// <summary>Shortest time between two writings of the workbook. Default 5 min; it is written when anything has changed, and after the close.</summary>
    public TimeSpan WorkbookEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Days of alerts in the workbook. Default 366; the records keep what is older.</summary>
    public int WorkbookDays { get; init; } = 366;

    /// <summary>Directory of the workbooks, or null for none. Default null; <c>headgate</c> sets <c>alerts</c> in its data directory.</summary>
    public string? Directory { get; init; }
}
