using System.Globalization;
using Headgate.Catalogue;
using NodaTime;

namespace Headgate.Budgets;

/// <summary>Names the calendar window an instant falls in, in the provider's zone. A window is its id; no reset job exists.</summary>
internal sealed class CalendarWindows
{
    private readonly LimitModel _limit;
    private readonly DateTimeZone _zone;

    public CalendarWindows(LimitModel limit)
    {
        _limit = limit;
        _zone = DateTimeZoneProviders.Tzdb[limit.Zone];
    }

    private bool IsDaily => _limit.Window >= TimeSpan.FromDays(1);

    /// <summary>The window's id: its first local day, or its first local minute for shorter windows.</summary>
    public string IdAt(DateTimeOffset at)
    {
        var start = StartLocal(at);
        return IsDaily
            ? start.ToDateTimeUnspecified().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : start.ToDateTimeUnspecified().ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>When the window of this instant began.</summary>
    public DateTimeOffset StartOf(DateTimeOffset at) => _zone.AtLeniently(StartLocal(at)).ToInstant().ToDateTimeOffset();

    /// <summary>When the window after the one of this instant begins.</summary>
    public DateTimeOffset NextRoll(DateTimeOffset at)
    {
        var start = StartLocal(at);
        var next = IsDaily
            ? start.PlusDays(Math.Max(1, (int)_limit.Window.TotalDays))
            : start.PlusTicks(_limit.Window.Ticks);
        var roll = _zone.AtLeniently(next).ToInstant();
        // An hour that the zone repeats in autumn would otherwise begin before it ended.
        return roll > Instant.FromDateTimeOffset(at) ? roll.ToDateTimeOffset() : at + _limit.Window;
    }

    private LocalDateTime StartLocal(DateTimeOffset at)
    {
        var local = Instant.FromDateTimeOffset(at).InZone(_zone).LocalDateTime;
        var shifted = local.PlusTicks(-_limit.ResetAt.Ticks);
        if (IsDaily)
        {
            var days = Math.Max(1, (int)_limit.Window.TotalDays);
            var since = Period.DaysBetween(new LocalDate(1970, 1, 1), shifted.Date);
            return shifted.Date.PlusDays(-(since % days)).AtMidnight().PlusTicks(_limit.ResetAt.Ticks);
        }

        var ofDay = shifted.TickOfDay / _limit.Window.Ticks * _limit.Window.Ticks;
        return shifted.Date.AtMidnight().PlusTicks(ofDay + _limit.ResetAt.Ticks);
    }
}
