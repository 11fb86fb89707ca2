using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Headgate.Markets;

/// <summary>The small notations of calendar files: dates, weekdays, hours. Pure; null or false for what is not one.</summary>
internal static class CalendarScalars
{
    private static readonly ImmutableArray<string> WeekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary><c>2026-11-08</c>.</summary>
    public static LocalDate? Date(string text) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } && Timeline.Holds(date.Year) ? date : null;

    /// <summary><c>11-08</c> in a given year.</summary>
    public static LocalDate? DayOf(int year, string text) => Date(string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{text}"));

    /// <summary><c>2026</c>.</summary>
    public static int? Year(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && Timeline.Holds(year) ? year : null;

    /// <summary><c>Mon-Fri</c>, <c>Sun-Thu</c> or <c>Mon, Wed, Fri</c> as bits by ISO day of week; 0 for anything else.</summary>
    public static int Weekdays(string text)
    {
        var days = 0;
        foreach (var item in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = item.Split('-', StringSplitOptions.TrimEntries);
            var first = WeekdayNames.IndexOf(ends[0]);
            var last = WeekdayNames.IndexOf(ends[^1]);
            if (ends.Length > 2 || first < 0 || last < 0)
            {
                return 0;
            }

            for (var day = first; ; day = (day + 1) % 7)
            {
                days |= 1 << (day + 1);
                if (day == last)
                {
                    break;
                }
            }
        }

        return days;
    }

    /// <summary><c>09:15-15:30</c>; a close not after its open is on the next day, and <c>24:00</c> is midnight at the day's end.</summary>
    public static HoursRange? Hours(string text)
    {
        var ends = text.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length != 2 || Minute(ends[0]) is not { } open || Minute(ends[1]) is not { } close || open == 1440)
        {
            return null;
        }

        return new HoursRange(open, close > open ? close : close + 1440);
    }

    private static int? Minute(string text)
    {
        if (text.Length != 5 || text[2] != ':'
            || !int.TryParse(text.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            || !int.TryParse(text.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
            || minute > 59 || (hour * 60) + minute > 1440)
        {
            return null;
        }

        return (hour * 60) + minute;
    }
}
