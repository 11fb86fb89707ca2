namespace Headgate.Desk.Monitors.History;

/// <summary>How daily bars of stocks are read.</summary>
public sealed record DailyHistoryOptions
{
    /// <summary>
    /// Calendar days before today, 45 to 400. Default 75, some 50 sessions: enough for ATR(30) (31 bars), RSI (29 and the current price) and the 20-day mean
    /// volume. All readers ask this one range, so a stock costs at most one call a day.
    /// </summary>
    public int CalendarDays { get; init; } = 75;

    /// <summary>When they are loaded, Indian time. Default 09:16, ended long before the window opens at 09:25.</summary>
    public TimeOnly LoadAt { get; init; } = new(9, 16);

    /// <summary>Asks under way at once, 1 to 50. Default 6, twice what the upstream's limit lets through in a second.</summary>
    public int Parallel { get; init; } = 6;

    /// <summary>Sessions of the mean volume, 1 or more. Default 20.</summary>
    public int AverageDays { get; init; } = 20;
}
