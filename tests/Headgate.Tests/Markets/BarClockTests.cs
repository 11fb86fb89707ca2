using Headgate.Markets;

namespace Headgate.Tests.Markets;

public sealed class BarClockTests
{
    private static readonly MarketCalendar Nse = MarketCalendars.Shipped.Find("XNSE")!;
    private static readonly MarketCalendar Always = MarketCalendars.Shipped.Find("24x7")!;

    [Theory]
    [InlineData("minute", "09:15:00", "09:16")]
    [InlineData("3minute", "09:17:59", "09:18")]
    [InlineData("5minute", "09:20:00", "09:25")]
    [InlineData("10minute", "15:26:00", "15:30")] // 15:25 to 15:30, cut by the close
    [InlineData("15minute", "12:01:00", "12:15")]
    [InlineData("30minute", "15:14:59", "15:15")]
    [InlineData("60minute", "15:15:00", "15:30")]
    [InlineData("day", "09:15:00", "15:30")]
    [InlineData("day", "05:00:00", "15:30")]
    [InlineData("60minute", "05:00:00", "10:15")] // before the open: the first bar to come
    public void The_next_bar_closes_on_the_grid_of_the_session_or_at_its_end(string interval, string at, string close) =>
        Nse.NextBarClose(Ist($"2026-01-05T{at}"), Interval(interval)).ShouldBe(Ist($"2026-01-05T{close}:00"));

    [Theory]
    [InlineData("60minute", "2026-01-05T15:30:00", "2026-01-05T15:15:00", "2026-01-05T15:30:00")]
    [InlineData("60minute", "2026-01-05T15:29:00", "2026-01-05T14:15:00", "2026-01-05T15:15:00")]
    [InlineData("5minute", "2026-01-05T09:19:00", "2026-01-02T15:25:00", "2026-01-02T15:30:00")] // none yet today, Friday's last
    [InlineData("day", "2026-01-05T15:29:00", "2026-01-02T09:15:00", "2026-01-02T15:30:00")]
    [InlineData("day", "2026-01-05T15:30:00", "2026-01-05T09:15:00", "2026-01-05T15:30:00")]
    [InlineData("15minute", "2024-03-02T11:00:00", "2024-03-02T09:45:00", "2024-03-02T10:00:00")] // the pause of a two-part session
    [InlineData("day", "2024-03-02T11:00:00", "2024-03-01T09:15:00", "2024-03-01T15:30:00")]
    [InlineData("day", "2024-03-02T12:30:00", "2024-03-02T09:15:00", "2024-03-02T12:30:00")]
    public void The_last_closed_bar_ends_at_or_before_the_instant(string interval, string at, string open, string close) =>
        Nse.LastClosedBar(Ist(at), Interval(interval)).ShouldBe(new BarSpan(Ist(open), Ist(close)));

    [Fact]
    public void In_the_pause_of_a_two_part_session_the_next_bar_belongs_to_the_second_part()
    {
        var pause = Ist("2024-05-18T10:00:00");
        Nse.NextBarClose(pause, BarInterval.Minutes(30)).ShouldBe(Ist("2024-05-18T12:00:00"));
        Nse.NextBarClose(pause, BarInterval.Day).ShouldBe(Ist("2024-05-18T12:30:00"));
    }

    [Theory]
    [InlineData("60minute", "2026-01-05T15:15:00", "2026-01-05T15:30:00")]
    [InlineData("60minute", "2026-01-05T10:15:00", "2026-01-05T11:15:00")]
    [InlineData("day", "2026-01-05T00:00:00", "2026-01-05T15:30:00")] // Kite stamps daily candles with midnight
    public void A_candle_is_final_when_its_bar_closes(string interval, string stamp, string close) =>
        Nse.CloseOfBar(Ist(stamp), Interval(interval)).ShouldBe(Ist(close));

    [Fact]
    public void A_candle_outside_all_sessions_is_left_to_the_caller()
    {
        Nse.CloseOfBar(Ist("2026-01-04T10:00:00"), BarInterval.Day).ShouldBeNull();
        Nse.CloseOfBar(Ist("2026-01-05T08:00:00"), BarInterval.Minute).ShouldBeNull();
    }

    [Fact]
    public void No_bar_of_a_session_of_unknown_hours_is_closed_before_its_range_ends()
    {
        var friday = new BarSpan(Ist("2026-11-06T15:15:00"), Ist("2026-11-06T15:30:00"));
        Nse.LastClosedBar(Ist("2026-11-08T18:45:00"), BarInterval.Minutes(60)).ShouldBe(friday);
        Nse.NextBarClose(Ist("2026-11-08T18:40:30"), BarInterval.Minute).ShouldBe(Ist("2026-11-08T18:41:00"));
        Nse.CloseOfBar(Ist("2026-11-08T18:00:00"), BarInterval.Minutes(60)).ShouldBe(Ist("2026-11-08T19:00:00"));
        Nse.CloseOfBar(Ist("2026-11-08T00:00:00"), BarInterval.Day).ShouldBe(Ist("2026-11-08T20:00:00"));
        Nse.LastClosedBar(Ist("2026-11-08T20:00:00"), BarInterval.Day)!.Value.Close.ShouldBe(Ist("2026-11-08T20:00:00"));
    }

    [Fact]
    public void Around_the_clock_bars_are_counted_from_midnight_UTC()
    {
        var at = DateTimeOffset.Parse("2026-08-22T23:50:00Z");
        Always.NextBarClose(at, BarInterval.Day).ShouldBe(DateTimeOffset.Parse("2026-08-23T00:00:00Z"));
        Always.NextBarClose(at, BarInterval.Minutes(7 * 60)).ShouldBe(DateTimeOffset.Parse("2026-08-23T00:00:00Z"));
        Always.NextBarClose(at, BarInterval.Minutes(5)).ShouldBe(DateTimeOffset.Parse("2026-08-22T23:55:00Z"));
        Always.LastClosedBar(at, BarInterval.Minutes(60))
            .ShouldBe(new BarSpan(DateTimeOffset.Parse("2026-08-22T22:00:00Z"), DateTimeOffset.Parse("2026-08-22T23:00:00Z")));
        Always.LastClosedBar(at, BarInterval.Day)
            .ShouldBe(new BarSpan(DateTimeOffset.Parse("2026-08-21T00:00:00Z"), DateTimeOffset.Parse("2026-08-22T00:00:00Z")));
        Always.CloseOfBar(DateTimeOffset.Parse("2026-08-22T00:00:00Z"), BarInterval.Day).ShouldBe(DateTimeOffset.Parse("2026-08-23T00:00:00Z"));
        Always.LastClosedBar(DateTimeOffset.MinValue, BarInterval.Minute).ShouldBeNull();
        Always.NextBarClose(DateTimeOffset.MaxValue, BarInterval.Day).ShouldBe(DateTimeOffset.MaxValue);
    }

    [Theory]
    [InlineData("minute", 1)]
    [InlineData("60minute", 60)]
    [InlineData("15MIN", 15)]
    [InlineData("4h", 240)]
    [InlineData("day", 1440)]
    [InlineData("1d", 1440)]
    public void Intervals_are_read_by_the_names_upstreams_use(string text, int minutes) => Interval(text).TotalMinutes.ShouldBe(minutes);

    [Theory]
    [InlineData("")]
    [InlineData("0minute")]
    [InlineData("2day")]
    [InlineData("24h")]
    [InlineData("m")]
    [InlineData("d")]
    [InlineData("99999minute")]
    [InlineData("fortnight")]
    [InlineData("15")]
    public void Other_intervals_are_refused(string text) => BarInterval.TryParse(text, out _).ShouldBeFalse();

    private static BarInterval Interval(string text)
    {
        BarInterval.TryParse(text, out var interval).ShouldBeTrue();
        return interval;
    }

    private static DateTimeOffset Ist(string text) => DateTimeOffset.Parse(text + "+05:30");
}
