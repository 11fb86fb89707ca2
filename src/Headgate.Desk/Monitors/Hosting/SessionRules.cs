using Headgate.Markets;

namespace Headgate.Desk.Monitors.Hosting;

/// <summary>Trading days and the monitoring window. Every monitor asks these rules itself; no scheduler is trusted to have done so. Thread-safe.</summary>
/// <remarks>
/// A trading day is one on which the calendar has a session: weekdays that are no holidays, and the rare special session on a weekend. In a year the calendar
/// has no list for, every weekday is one, and <see cref="Warnings"/> says so; from November it also says when the coming year's list is absent.
/// On a half day the window ends with the session.
/// </remarks>
/// <param name="calendars">The calendars; <see cref="MarketCalendars.Shipped"/> unless the user has their own.</param>
/// <param name="options">Null for the defaults.</param>
/// <exception cref="ArgumentException">There is no such calendar.</exception>
public sealed class SessionRules(MarketCalendars calendars, SessionOptions? options = null)
{
    private readonly SessionOptions _options = options ?? new SessionOptions();
    private readonly MarketCalendar _calendar = calendars.Find((options ?? new SessionOptions()).Market)
        ?? throw new ArgumentException($"There is no market calendar {options?.Market}.", nameof(options));

    /// <summary>First minute of the window.</summary>
    public TimeOnly From => _options.From;

    /// <summary>Last minute of the window.</summary>
    public TimeOnly To => _options.To;

    /// <summary>Is there a session on this date?</summary>
    public bool IsTradingDay(DateOnly day) => _calendar.SessionOn(day) is not null;

    /// <summary>May a monitor look at the market now: trading day, inside the window (to the end of its last minute) and the session?</summary>
    public bool IsInWindow(DateTimeOffset at)
    {
        var time = Ist.TimeOf(at);
        return time >= From && time < To.Add(TimeSpan.FromMinutes(1)) && _calendar.SessionOn(Ist.DayOf(at)) is { } session && session.Open <= at && at <= session.Close;
    }

    /// <summary>When the session of this date ends; null on days without one.</summary>
    public DateTimeOffset? CloseOf(DateOnly day) => _calendar.SessionOn(day)?.Close;

    /// <summary>The last trading day before this one; null when the calendar knows none within a month.</summary>
    public DateOnly? PreviousTradingDay(DateOnly day)
    {
        for (var back = 1; back <= 31; back++)
        {
            if (IsTradingDay(day.AddDays(-back)))
            {
                return day.AddDays(-back);
            }
        }

        return null;
    }

    /// <summary>Moments of a trading day a step apart, both ends inclusive, as far as they lie in the window; none on other days.</summary>
    public IReadOnlyList<DateTimeOffset> Every(DateOnly day, TimeOnly first, TimeOnly last, TimeSpan step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.FromMinutes(1));
        List<DateTimeOffset> moments = [];
        for (var at = Ist.At(day, first); at <= Ist.At(day, last); at += step)
        {
            if (IsInWindow(at))
            {
                moments.Add(at);
            }
        }

        return moments;
    }

    /// <summary>What should be repaired in the calendar as of an instant, a sentence each.</summary>
    public IReadOnlyList<string> Warnings(DateTimeOffset now) => [.. _calendar.WarningsAt(now).Select(static warning => warning.Message)];
}
