using Headgate.Desk.Monitors.Hosting;
using Headgate.Markets;

namespace Headgate.Desk.Tests.Hosting;

public sealed class SessionRulesTests
{
    private static readonly DateOnly Friday = new(2026, 11, 20);

    private readonly SessionRules _rules = new(MarketCalendars.Shipped);

    [Theory]
    [InlineData("2026-11-20 09:24:59", false)]
    [InlineData("2026-11-20 09:25:00", true)]
    [InlineData("2026-11-20 15:25:59", true)]
    [InlineData("2026-11-20 15:26:00", false)]
    [InlineData("2026-11-21 10:00:00", false)]
    [InlineData("2026-11-24 10:00:00", false)]
    public void The_window_is_0925_to_1525_inclusive_on_trading_days(string at, bool isIn) =>
        _rules.IsInWindow(new DateTimeOffset(DateTime.Parse(at), Ist.Offset)).ShouldBe(isIn);

    [Theory]
    [InlineData("2026-01-26")]
    [InlineData("2026-03-03")]
    [InlineData("2026-03-26")]
    [InlineData("2026-03-31")]
    [InlineData("2026-04-03")]
    [InlineData("2026-04-14")]
    [InlineData("2026-05-01")]
    [InlineData("2026-05-28")]
    [InlineData("2026-06-26")]
    [InlineData("2026-09-14")]
    [InlineData("2026-10-02")]
    [InlineData("2026-10-20")]
    [InlineData("2026-11-10")]
    [InlineData("2026-11-24")]
    [InlineData("2026-12-25")]
    public void Holidays_of_2026_are_no_trading_days(string day) => _rules.IsTradingDay(DateOnly.Parse(day)).ShouldBeFalse();

    [Fact]
    public void A_missing_year_is_taken_for_trading_days_and_said_so_and_from_November_the_coming_one_is_asked_for()
    {
        _rules.IsTradingDay(new DateOnly(2031, 8, 15)).ShouldBeTrue();
        _rules.Warnings(Ist.At(new DateOnly(2031, 8, 15), default)).ShouldContain(static warning => warning.Contains("2031", StringComparison.Ordinal));
        _rules.Warnings(Ist.At(new DateOnly(2026, 10, 31), default)).ShouldNotContain(static warning => warning.Contains("2027", StringComparison.Ordinal));
        _rules.Warnings(Ist.At(new DateOnly(2026, 11, 1), default)).ShouldContain(static warning => warning.Contains("2027", StringComparison.Ordinal));
    }

    [Fact]
    public void The_schedules_of_the_specification_come_out()
    {
        _rules.Every(Friday, new(9, 25), new(15, 25), TimeSpan.FromMinutes(5)).Count.ShouldBe(73);
        _rules.Every(Friday, new(9, 25), new(15, 25), TimeSpan.FromMinutes(1)).Count.ShouldBe(361);
        _rules.Every(Friday, new(9, 30), new(15, 0), TimeSpan.FromMinutes(30)).Count.ShouldBe(12);
        _rules.Every(Friday.AddDays(1), new(9, 25), new(15, 25), TimeSpan.FromMinutes(5)).ShouldBeEmpty();
    }

    [Fact]
    public void The_previous_trading_day_skips_weekends_and_holidays()
    {
        _rules.PreviousTradingDay(new DateOnly(2026, 11, 23)).ShouldBe(Friday);
        _rules.PreviousTradingDay(new DateOnly(2026, 11, 25)).ShouldBe(new DateOnly(2026, 11, 23));
    }
}
