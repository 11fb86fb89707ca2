using Headgate.Markets;
using NodaTime;

namespace Headgate.Tests.Markets;

public sealed class CalendarWarningTests
{
    private readonly List<CalendarWarning> _told = [];
    private readonly MarketCalendar _nse;

    public CalendarWarningTests() => _nse = MarketCalendars.Shipped.Find("XNSE")!.ReportingTo(_told.Add);

    [Fact]
    public void A_missing_year_is_answered_from_the_weekly_pattern_and_told_once()
    {
        var session = _nse.SessionAt(At("2031-01-27T12:00:00+05:30")).ShouldNotBeNull(); // a Monday
        session.IsAssumed.ShouldBeTrue();
        _nse.IsOpen(At("2031-01-25T12:00:00+05:30")).ShouldBeFalse(); // a Saturday
        _nse.SessionOn(new LocalDate(2031, 8, 15)).ShouldNotBeNull(); // Independence Day, but nobody has listed it
        _nse.CoverageOf(new LocalDate(2031, 1, 27)).ShouldBe(CalendarCoverage.Assumed);
        _told.ShouldHaveSingleItem().ShouldBe(new CalendarWarning("XNSE", CalendarWarningKind.YearMissing, new LocalDate(2031, 1, 1)));
        _told[0].Message.ShouldBe("calendar XNSE has no holidays for 2031: every regular weekday is taken for a trading day; add years.2031");
    }

    [Fact]
    public void A_listed_year_is_answered_without_a_word()
    {
        _nse.IsOpen(At("2026-10-30T12:00:00+05:30")).ShouldBeTrue();
        _nse.PreviousClose(At("2025-01-01T00:00:00+05:30")).Year.ShouldBe(2024);
        _nse.CoverageOf(new LocalDate(2026, 1, 27)).ShouldBe(CalendarCoverage.Listed);
        _told.ShouldBeEmpty();
    }

    [Fact]
    public void From_the_first_of_November_a_query_tells_that_next_year_is_missing()
    {
        _nse.IsOpen(At("2026-10-31T23:59:59+05:30"));
        _told.ShouldBeEmpty();
        _nse.IsOpen(At("2026-11-02T12:00:00+05:30"));
        _nse.IsOpen(At("2026-11-03T12:00:00+05:30"));
        _told.ShouldHaveSingleItem().ShouldBe(new CalendarWarning("XNSE", CalendarWarningKind.NextYearMissing, new LocalDate(2027, 1, 1)));
    }

    [Fact]
    public void An_answer_that_reaches_into_a_missing_year_is_told()
    {
        _nse.NextOpen(At("2026-12-31T18:00:00+05:30")).ShouldBe(At("2027-01-01T09:15:00+05:30"));
        _told.Select(warning => warning.Kind).ShouldBe([CalendarWarningKind.NextYearMissing, CalendarWarningKind.YearMissing], ignoreOrder: true);
        _told.Clear();
        _nse.PreviousClose(At("2012-01-01T12:00:00+05:30")).Year.ShouldBe(2011);
        _told.ShouldHaveSingleItem().Date.Year.ShouldBe(2011);
    }

    [Fact]
    public void Warnings_of_a_day_name_missing_years_and_unknown_hours()
    {
        _nse.WarningsAt(At("2026-10-01T00:00:00Z")).ShouldBeEmpty();
        _nse.WarningsAt(At("2026-10-20T00:00:00Z")).ShouldBe([Warning(CalendarWarningKind.HoursUnknown, 2026, 11, 8)]);
        _nse.WarningsAt(At("2026-11-20T00:00:00Z")).ShouldBe([Warning(CalendarWarningKind.NextYearMissing, 2027, 1, 1)]);
        _nse.WarningsAt(At("2027-11-20T00:00:00Z")).ShouldBe(
            [Warning(CalendarWarningKind.YearMissing, 2027, 1, 1), Warning(CalendarWarningKind.NextYearMissing, 2028, 1, 1)]);
        MarketCalendars.Shipped.WarningsAt(At("2026-11-20T00:00:00Z")).Length.ShouldBe(1); // XNYS and XTSE reach to 2027
    }

    [Fact]
    public void A_session_of_unknown_hours_counts_as_open_all_through_and_is_told()
    {
        var session = _nse.SessionAt(At("2026-11-08T18:30:00+05:30")).ShouldNotBeNull();
        session.HoursKnown.ShouldBeFalse();
        session.Kind.ShouldBe(SessionKind.Muhurat);
        _nse.IsOpen(At("2026-11-08T14:00:00+05:30")).ShouldBeTrue();
        _told.ShouldContain(Warning(CalendarWarningKind.HoursUnknown, 2026, 11, 8));
    }

    private static CalendarWarning Warning(CalendarWarningKind kind, int year, int month, int day) => new("XNSE", kind, new LocalDate(year, month, day));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text);
}
