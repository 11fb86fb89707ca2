namespace Headgate.Markets;

/// <summary>When the bars of a market close. Pure functions of a calendar; thread-safe, allocation-free once a year's sessions are computed.</summary>
/// <remarks>
/// <para>Intraday bars are counted from the opening of each part of a session and cut at its close, so a 60-minute bar of XNSE opens at 09:15
/// and the last one, 15:15 to 15:30, lasts a quarter of an hour. A daily bar covers the session and closes at its final close.</para>
/// <para>Where the market never closes, bars are counted from midnight in its zone and cut at the next.</para>
/// <para>While a session of unknown hours may be under way no bar of it counts as closed, but <see cref="NextBarClose"/> still names
/// the next possible one: data is asked for again in time, and nothing is called final too early.</para>
/// </remarks>
public static class BarClock
{
    /// <summary>The first bar close after an instant (never at it); while the market is shut that of the first bar to come.</summary>
    /// <returns>UTC; <see cref="DateTimeOffset.MaxValue"/> when no session follows.</returns>
    public static DateTimeOffset NextBarClose(this MarketCalendar calendar, DateTimeOffset after, BarInterval interval)
    {
        if (calendar.IsEndless)
        {
            return MidnightBars.Containing(calendar, after, interval).Close;
        }

        var part = calendar.Locate(after.UtcTicks);
        if (!part.Exists)
        {
            return DateTimeOffset.MaxValue;
        }

        if (interval.IsDay)
        {
            return part.Session.Close;
        }

        var bars = Math.Max(0, after.UtcTicks - part.Open) / interval.Ticks;
        return MarketCalendar.Utc(Math.Min(part.Open + ((bars + 1) * interval.Ticks), part.Close));
    }

    /// <summary>The latest bar that has closed at or before an instant; null before the first session.</summary>
    public static BarSpan? LastClosedBar(this MarketCalendar calendar, DateTimeOffset at, BarInterval interval)
    {
        if (calendar.IsEndless)
        {
            return MidnightBars.Before(calendar, at, interval);
        }

        if (interval.IsDay)
        {
            return calendar.PreviousSession(at) is { } session ? new BarSpan(session.Open, session.Close) : null;
        }

        var part = calendar.Locate(at.UtcTicks);
        if (part.Exists && part.Session.HoursKnown && at.UtcTicks - part.Open >= interval.Ticks)
        {
            var bars = (at.UtcTicks - part.Open) / interval.Ticks;
            return Bar(part.Open + ((bars - 1) * interval.Ticks), interval, part.Close);
        }

        var ended = calendar.PartClosedBy(at.UtcTicks);
        if (!ended.Exists)
        {
            return null;
        }

        var last = (ended.Close - ended.Open - 1) / interval.Ticks;
        return Bar(ended.Open + (last * interval.Ticks), interval, ended.Close);
    }

    /// <summary>
    /// When a candle that an upstream stamped with an instant is final. An intraday candle is stamped with its start and ends after the
    /// interval or with its part of the session, whichever is first; a daily candle may carry any time of its date and ends with the session.
    /// </summary>
    /// <returns>UTC; null when the calendar knows no session at that stamp, so that the caller decides without it.</returns>
    public static DateTimeOffset? CloseOfBar(this MarketCalendar calendar, DateTimeOffset stamp, BarInterval interval)
    {
        if (calendar.IsEndless)
        {
            return interval.IsDay
                ? MidnightBars.Containing(calendar, stamp, interval).Close
                : MarketCalendar.Utc(Math.Min(stamp.UtcTicks + interval.Ticks, DateTimeOffset.MaxValue.UtcTicks));
        }

        if (interval.IsDay)
        {
            return calendar.SessionOn(calendar.DateAt(stamp))?.Close;
        }

        var part = calendar.Locate(stamp.UtcTicks);
        return part.Exists && part.Open <= stamp.UtcTicks ? MarketCalendar.Utc(Math.Min(stamp.UtcTicks + interval.Ticks, part.Close)) : null;
    }

    private static BarSpan Bar(long open, BarInterval interval, long close) =>
        new(MarketCalendar.Utc(open), MarketCalendar.Utc(Math.Min(open + interval.Ticks, close)));
}
