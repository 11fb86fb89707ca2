namespace Headgate.Upstreams.Kite;

/// <summary>Monthly derivative expiries: the last Thursday of the month, the last Tuesday from September 2025 on. Holidays are not considered.</summary>
internal static class KiteExpiries
{
    private static readonly DateOnly TuesdaysFrom = new(2025, 9, 1);

    /// <summary>The nearest monthly expiries on or after a day.</summary>
    public static IEnumerable<DateOnly> Nearest(DateOnly day, int count)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        for (var found = 0; found < count; month = month.AddMonths(1))
        {
            var expiry = LastOf(month);
            if (expiry >= day)
            {
                found++;
                yield return expiry;
            }
        }
    }

    private static DateOnly LastOf(DateOnly month)
    {
        var weekday = month >= TuesdaysFrom ? DayOfWeek.Tuesday : DayOfWeek.Thursday;
        var day = month.AddMonths(1).AddDays(-1);
        while (day.DayOfWeek != weekday)
        {
            day = day.AddDays(-1);
        }

        return day;
    }
}
