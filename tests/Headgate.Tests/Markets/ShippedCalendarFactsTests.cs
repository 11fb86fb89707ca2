using Headgate.Markets;
using Headgate.Testing;
using NodaTime;

namespace Headgate.Tests.Markets;

public sealed class ShippedCalendarFactsTests
{
    private static readonly MarketCalendar Nse = MarketCalendars.Shipped.Find("XNSE")!;

    [SharedFact]
    public void Every_day_of_XNSE_since_2012_agrees_with_the_sessions_observed()
    {
        var observed = Csv.Rows("nse_observed_sessions_2012_2026.csv").Select(row => Csv.Date(row[0])).ToHashSet();
        observed.Count.ShouldBe(3629);
        var differing = new List<DateOnly>();
        for (var date = observed.Min(); date <= observed.Max(); date = date.AddDays(1))
        {
            if (Nse.SessionOn(date) is not null != observed.Contains(date))
            {
                differing.Add(date);
            }
        }

        differing.ShouldBeEmpty();
    }

    [SharedFact]
    public void Every_holiday_of_XNSE_is_closed_and_no_other_weekday_is()
    {
        var rows = Csv.Rows("nse_holidays_2024_2026.csv").ToList();
        var closed = rows.Where(row => row[2] == "closed").Select(row => Csv.Date(row[0])).ToHashSet();
        closed.Count.ShouldBe(45);
        WeekdaysWithoutSession(Nse, 2024, 2026).ShouldBe(closed, ignoreOrder: true);
        foreach (var row in rows.Where(row => row[2] == "special"))
        {
            Nse.SessionOn(Csv.Date(row[0]))!.Kind.ShouldBe(SessionKind.Muhurat);
        }
    }

    [SharedFact]
    public void Special_sessions_of_XNSE_have_the_announced_hours()
    {
        foreach (var row in Csv.Rows("nse_special_sessions_2024_2026.csv"))
        {
            var session = Nse.SessionOn(Csv.Date(row[0])).ShouldNotBeNull();
            session.HoursKnown.ShouldBe(row[3].Length > 0, row[0]);
            if (session.HoursKnown)
            {
                var expected = new[] { (row[3], row[4]), (row[5], row[6]) }.Where(part => part.Item1.Length > 0);
                session.Parts.Select(part => (Wall(part.Open), Wall(part.Close))).ShouldBe(expected, row[0]);
            }
        }

        static string Wall(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(5.5)).ToString("HH:mm");
    }

    [SharedFact]
    public void XNYS_closes_and_closes_early_exactly_when_announced() =>
        AgreesWith("nyse_holidays_2024_2027.csv", MarketCalendars.Shipped.Find("XNYS")!, 2027, statusColumn: 1, closeColumn: 2);

    [SharedFact]
    public void XTSE_closes_and_closes_early_exactly_when_announced() =>
        AgreesWith("tsx_holidays_2024_2026.csv", MarketCalendars.Shipped.Find("XTSE")!, 2026, statusColumn: 2, closeColumn: 4);

    [Fact]
    public void The_shipped_calendars_list_the_years_they_promise()
    {
        MarketCalendars.Shipped.All.Select(calendar => calendar.Code).ShouldBe(["24x7", "XNSE", "XNYS", "XTSE"]);
        Nse.ListedYears.ShouldBe(Enumerable.Range(2012, 15));
        MarketCalendars.Shipped.Find("xnys")!.ListedYears.ShouldBe(Enumerable.Range(2024, 4));
        MarketCalendars.Shipped.Find("XTSE")!.ListedYears.ShouldBe(Enumerable.Range(2021, 7));
    }

    [Theory]
    [InlineData(2027, 5, 24)] // Victoria Day
    [InlineData(2027, 12, 27)] // Christmas, a Saturday
    [InlineData(2027, 12, 28)] // Boxing Day, a Sunday
    public void XTSE_holidays_of_2027_follow_the_exchanges_rules(int year, int month, int day) =>
        MarketCalendars.Shipped.Find("XTSE")!.SessionOn(new LocalDate(year, month, day)).ShouldBeNull();

    private static void AgreesWith(string file, MarketCalendar calendar, int lastYear, int statusColumn, int closeColumn)
    {
        var rows = Csv.Rows(file).ToList();
        var closed = rows.Where(row => row[statusColumn] == "closed").Select(row => Csv.Date(row[0]));
        WeekdaysWithoutSession(calendar, 2024, lastYear).ShouldBe(closed, ignoreOrder: true);
        var early = rows.Where(row => row[statusColumn] == "early close").Select(row => (Csv.Date(row[0]), row[closeColumn]));
        Dates(2024, lastYear)
            .Where(date => calendar.SessionOn(date) is { Kind: SessionKind.HalfDay })
            .Select(date => (date, Instant.FromDateTimeOffset(calendar.SessionOn(date)!.Close).InZone(calendar.Zone).ToString("HH:mm", null)))
            .ShouldBe(early);
    }

    private static IEnumerable<DateOnly> Dates(int first, int last)
    {
        for (var date = new DateOnly(first, 1, 1); date.Year <= last; date = date.AddDays(1))
        {
            yield return date;
        }
    }

    private static IEnumerable<DateOnly> WeekdaysWithoutSession(MarketCalendar calendar, int first, int last) =>
        Dates(first, last).Where(date => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && calendar.SessionOn(date) is null);
}
