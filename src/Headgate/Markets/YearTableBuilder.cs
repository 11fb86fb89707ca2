using System.Collections.Immutable;
using NodaTime;

namespace Headgate.Markets;

/// <summary>Computes the sessions of one local year from a definition; pure.</summary>
internal static class YearTableBuilder
{
    public static YearTable Build(MarketDefinition definition, int year)
    {
        var first = new LocalDate(year, 1, 1);
        var days = CalendarSystem.Iso.GetDaysInYear(year);
        var sessionOfDay = new Session?[days];
        var opens = new List<long>(days);
        var closes = new List<long>(days);
        var sessionOfPart = new List<Session>(days);
        for (var day = 0; day < days; day++)
        {
            var session = SessionOn(definition, first.PlusDays(day));
            sessionOfDay[day] = session;
            if (session is null)
            {
                continue;
            }

            foreach (var part in session.Parts)
            {
                opens.Add(part.Open.UtcTicks);
                closes.Add(part.Close.UtcTicks);
                sessionOfPart.Add(session);
            }
        }

        return new YearTable
        {
            Year = year,
            EndTicks = At(definition.Zone, first.PlusYears(1), minute: 0).UtcTicks,
            WarnFromTicks = WarnFrom(definition, year),
            Opens = [.. opens],
            Closes = [.. closes],
            SessionOfPart = [.. sessionOfPart],
            SessionOfDay = sessionOfDay,
        };
    }

    /// <summary>One table for all time with one session that never opens and never closes.</summary>
    public static YearTable Endless()
    {
        var part = new SessionPart(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        var session = new Session(LocalDate.FromDateTime(DateTime.MinValue), SessionKind.Endless, [part], hoursKnown: true, isAssumed: false);
        return new YearTable
        {
            Year = Timeline.LastYear,
            EndTicks = long.MaxValue,
            WarnFromTicks = long.MaxValue,
            Opens = [part.Open.UtcTicks],
            Closes = [part.Close.UtcTicks],
            SessionOfPart = [session],
            SessionOfDay = [],
        };
    }

    private static Session? SessionOn(MarketDefinition definition, LocalDate date)
    {
        var rule = definition.Exception(date) ?? DayRule.Regular;
        if (rule.Kind is not { } kind)
        {
            return null;
        }

        var hours = rule.Hours.IsEmpty ? definition.RegularOn(date) : rule.Hours;
        if (hours.IsEmpty)
        {
            return null;
        }

        var parts = ImmutableArray.CreateBuilder<SessionPart>(hours.Length);
        foreach (var range in hours)
        {
            parts.Add(new SessionPart(At(definition.Zone, date, range.OpenMinute), At(definition.Zone, date, range.CloseMinute)));
        }

        return new Session(date, kind, parts.MoveToImmutable(), rule.HoursKnown, isAssumed: !definition.IsListed(date));
    }

    private static long WarnFrom(MarketDefinition definition, int year)
    {
        if (!definition.IsListed(year))
        {
            return long.MinValue;
        }

        // The exchanges publish next year's list between late October and December, so November is the month to look for it.
        return definition.IsListed(year + 1) ? long.MaxValue : At(definition.Zone, new LocalDate(year, 11, 1), minute: 0).UtcTicks;
    }

    /// <summary>A wall-clock minute in UTC. Inside a spring gap it moves forward by the gap; of two readings in autumn the earlier is taken.</summary>
    private static DateTimeOffset At(DateTimeZone zone, LocalDate date, int minute)
    {
        var local = date.PlusDays(minute / 1440).At(new LocalTime(minute % 1440 / 60, minute % 60));
        return local.InZoneLeniently(zone).ToInstant().ToDateTimeOffset();
    }
}
