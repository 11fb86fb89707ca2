namespace Headgate.Upstreams.Tapes;

/// <summary>When a synthetic market trades.</summary>
/// <param name="Zone">Distance of local time from UTC.</param>
/// <param name="Open">Local time of day of the open.</param>
/// <param name="Minutes">Length of a session in minutes.</param>
/// <param name="Weekends">True where Saturdays and Sundays trade as well.</param>
public sealed record TapeSession(TimeSpan Zone, TimeSpan Open, int Minutes, bool Weekends)
{
    /// <summary>NSE equities: Monday to Friday, 09:15 to 15:30 India Standard Time; holidays only as given.</summary>
    public static TapeSession Nse { get; } = new(new TimeSpan(5, 30, 0), new TimeSpan(9, 15, 0), 375, Weekends: false);

    /// <summary>Round the clock, days in UTC.</summary>
    public static TapeSession AlwaysOpen { get; } = new(TimeSpan.Zero, TimeSpan.Zero, 1440, Weekends: true);

    /// <summary>Days without a session beyond weekends; none by default.</summary>
    public IReadOnlySet<DateOnly> Holidays { get; init; } = new HashSet<DateOnly>();

    /// <summary>True where a day has a session.</summary>
    public bool IsSession(DateOnly day) =>
        (Weekends || day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) && !Holidays.Contains(day);

    /// <summary>The open of a day, whether or not it has a session.</summary>
    public DateTimeOffset OpenOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue) + Open, Zone);

    /// <summary>The last session that opened at or before a moment.</summary>
    public DateOnly SessionAt(DateTimeOffset now)
    {
        var local = now.ToOffset(Zone);
        var day = DateOnly.FromDateTime(local.Date);
        return local.TimeOfDay >= Open && IsSession(day) ? day : Before(day);
    }

    /// <summary>The session before a day.</summary>
    public DateOnly Before(DateOnly day)
    {
        do
        {
            day = day.AddDays(-1);
        }
        while (!IsSession(day));
        return day;
    }
}
