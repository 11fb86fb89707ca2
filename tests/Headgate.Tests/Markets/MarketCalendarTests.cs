using Headgate.Markets;

namespace Headgate.Tests.Markets;

public sealed class MarketCalendarTests
{
    private static readonly MarketCalendar Nse = MarketCalendars.Shipped.Find("XNSE")!;
    private static readonly MarketCalendar Nyse = MarketCalendars.Shipped.Find("XNYS")!;
    private static readonly MarketCalendar Tsx = MarketCalendars.Shipped.Find("XTSE")!;
    private static readonly MarketCalendar Always = MarketCalendars.Shipped.Find("24x7")!;

    [Fact]
    public void A_session_includes_its_opening_instant_and_excludes_its_closing_one()
    {
        Nse.IsOpen(At("2026-01-05T09:14:59.9999999+05:30")).ShouldBeFalse();
        Nse.IsOpen(At("2026-01-05T09:15:00+05:30")).ShouldBeTrue();
        Nse.IsOpen(At("2026-01-05T15:29:59.9999999+05:30")).ShouldBeTrue();
        Nse.IsOpen(At("2026-01-05T15:30:00+05:30")).ShouldBeFalse();
        Nse.PreviousClose(At("2026-01-05T15:30:00+05:30")).ShouldBe(At("2026-01-05T15:30:00+05:30"));
        Nse.NextOpen(At("2026-01-05T09:15:00+05:30")).ShouldBe(At("2026-01-06T09:15:00+05:30"));
    }

    [Theory]
    [InlineData("2024-03-02")]
    [InlineData("2024-05-18")]
    public void A_two_part_session_pauses_between_its_parts(string date)
    {
        var pause = At($"{date}T10:30:00+05:30");
        Nse.IsOpen(pause).ShouldBeFalse();
        Nse.SessionAt(pause).ShouldNotBeNull().Parts.Length.ShouldBe(2);
        Nse.PreviousClose(pause).ShouldBe(At($"{date}T10:00:00+05:30"));
        Nse.NextOpen(pause).ShouldBe(At($"{date}T11:30:00+05:30"));
        Nse.NextClose(At($"{date}T09:30:00+05:30")).ShouldBe(At($"{date}T10:00:00+05:30"));
        Nse.NextSessionClose(At($"{date}T09:30:00+05:30")).ShouldBe(At($"{date}T12:30:00+05:30"));
        Nse.PreviousSession(pause)!.Date.ToDateOnly().ShouldBe(DateOnly.Parse(date).AddDays(-1));
    }

    [Fact]
    public void A_long_weekend_reaches_from_the_last_close_to_the_next_open()
    {
        var sunday = At("2026-01-25T12:00:00Z"); // Monday 26 January is Republic Day
        Nse.PreviousClose(sunday).ShouldBe(At("2026-01-23T15:30:00+05:30"));
        Nse.NextOpen(sunday).ShouldBe(At("2026-01-27T09:15:00+05:30"));
        Nse.SessionAt(sunday).ShouldBeNull();
    }

    [Fact]
    public void The_muhurat_session_of_2025_is_in_the_afternoon_and_the_rest_of_the_day_is_shut()
    {
        Nse.IsOpen(At("2025-10-21T10:00:00+05:30")).ShouldBeFalse();
        Nse.IsOpen(At("2025-10-21T14:00:00+05:30")).ShouldBeTrue();
        Nse.IsOpen(At("2025-10-21T18:30:00+05:30")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2024-03-08", "14:30", "21:00")] // the last winter-time session
    [InlineData("2024-03-11", "13:30", "20:00")]
    [InlineData("2024-11-01", "13:30", "20:00")]
    [InlineData("2024-11-04", "14:30", "21:00")] // the first winter-time session
    [InlineData("2024-11-29", "14:30", "18:00")] // half day in winter
    [InlineData("2025-07-03", "13:30", "17:00")] // half day in summer
    public void XNYS_keeps_its_wall_clock_when_the_clocks_change(string date, string open, string close)
    {
        var session = Nyse.SessionOn(DateOnly.Parse(date)).ShouldNotBeNull();
        session.Open.ShouldBe(At($"{date}T{open}:00Z"));
        session.Close.ShouldBe(At($"{date}T{close}:00Z"));
        session.Open.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("2026-03-06", "14:30", "21:00")]
    [InlineData("2026-03-09", "13:30", "20:00")]
    [InlineData("2026-10-30", "13:30", "20:00")]
    [InlineData("2026-11-02", "14:30", "21:00")]
    [InlineData("2026-12-24", "14:30", "18:00")]
    public void XTSE_keeps_its_wall_clock_when_the_clocks_change(string date, string open, string close)
    {
        var session = Tsx.SessionOn(DateOnly.Parse(date)).ShouldNotBeNull();
        session.Open.ShouldBe(At($"{date}T{open}:00Z"));
        session.Close.ShouldBe(At($"{date}T{close}:00Z"));
    }

    [Fact]
    public void Answers_reach_across_the_turn_of_the_year()
    {
        var eve = At("2024-12-31T23:30:00Z");
        Nyse.PreviousClose(eve).ShouldBe(At("2024-12-31T21:00:00Z"));
        Nyse.NextOpen(eve).ShouldBe(At("2025-01-02T14:30:00Z"));
        Nyse.PreviousClose(At("2025-01-01T12:00:00Z")).ShouldBe(At("2024-12-31T21:00:00Z"));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("2026-08-22T03:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void A_market_around_the_clock_is_one_session_without_open_or_close(string text)
    {
        var at = At(text);
        Always.IsOpen(at).ShouldBeTrue();
        Always.SessionAt(at)!.Kind.ShouldBe(SessionKind.Endless);
        Always.SessionOn(new DateOnly(2026, 8, 22)).ShouldBeSameAs(Always.SessionAt(at));
        Always.NextOpen(at).ShouldBe(DateTimeOffset.MaxValue);
        Always.NextClose(at).ShouldBe(DateTimeOffset.MaxValue);
        Always.PreviousClose(at).ShouldBe(DateTimeOffset.MinValue);
        Always.PreviousSession(at).ShouldBeNull();
        Always.WarningsAt(at).ShouldBeEmpty();
    }

    [Fact]
    public void Instants_beyond_the_years_kept_have_no_sessions()
    {
        Nse.IsOpen(DateTimeOffset.MinValue).ShouldBeFalse();
        Nse.IsOpen(DateTimeOffset.MaxValue).ShouldBeFalse();
        Nse.PreviousClose(DateTimeOffset.MinValue).ShouldBe(DateTimeOffset.MinValue);
        Nse.NextOpen(DateTimeOffset.MaxValue).ShouldBe(DateTimeOffset.MaxValue);
        Nse.NextOpen(DateTimeOffset.MinValue).Year.ShouldBe(1970);
        Nse.PreviousClose(DateTimeOffset.MaxValue).Year.ShouldBe(2199);
        Nse.SessionOn(new DateOnly(1969, 12, 31)).ShouldBeNull();
        Nse.SessionOn(new DateOnly(2200, 1, 1)).ShouldBeNull();
    }

    [Fact]
    public void A_warm_query_allocates_nothing()
    {
        var calendar = Nyse.ReportingTo(_ => { });
        var at = At("2026-07-03T15:00:00Z");
        var interval = BarInterval.Minutes(15);
        Ask(); // computes the year
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Ask();
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Ask()
        {
            _ = calendar.IsOpen(at);
            _ = calendar.SessionAt(at);
            _ = calendar.NextOpen(at);
            _ = calendar.NextSessionClose(at);
            _ = calendar.PreviousClose(at);
            _ = calendar.NextBarClose(at, interval);
            _ = calendar.LastClosedBar(at, interval);
        }
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text);
}
