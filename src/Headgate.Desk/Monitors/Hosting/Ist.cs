namespace Headgate.Desk.Monitors.Hosting;

/// <summary>Indian time: +05:30 all year round, the zone of everything the monitors schedule and print.</summary>
public static class Ist
{
    /// <summary>Distance from UTC.</summary>
    public static readonly TimeSpan Offset = new(5, 30, 0);

    /// <summary>The same instant on the Indian wall clock.</summary>
    public static DateTimeOffset Of(DateTimeOffset at) => at.ToOffset(Offset);

    /// <summary>The Indian date of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(Of(at).DateTime);

    /// <summary>The Indian time of day of an instant.</summary>
    public static TimeOnly TimeOf(DateTimeOffset at) => TimeOnly.FromDateTime(Of(at).DateTime);

    /// <summary>A date's moment on the Indian wall clock.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), Offset);

    /// <summary>The full minute an instant lies in.</summary>
    public static DateTimeOffset MinuteOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
