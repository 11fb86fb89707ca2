using Headgate.Desk.Alerts;
using Headgate.Desk.Monitors;
using Headgate.Desk.Monitors.Atr;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Tests.Support;

namespace Headgate.Desk.Tests.Monitors;

public sealed class AtrMonitorTests
{
    private const string Infy = "NSE:INFY";

    private static readonly AtrOptions Options = new();

    private readonly DeskWorld _world = new(DeskWorld.Thursday, at: "09:15:00", running: ["atr"]);

    public AtrMonitorTests() => _world.Market.Bars = static _ => Contracting(DeskWorld.Thursday, 40);

    [Theory]
    [InlineData(100, 5_000_000, false)]
    [InlineData(100, 5_000_001, true)]
    [InlineData(101, 0, false)]
    [InlineData(101.01, 0, true)]
    [InlineData(98.99, 0, true)]
    public void Candidates_trade_more_than_fifty_lakh_or_are_more_than_one_per_cent_from_their_open(double last, long volume, bool isCandidate) =>
        AtrSignal.IsCandidate(new KiteQuote((decimal)last, volume, 100, 110, 90, 100, 0, 0, 0), Options).ShouldBe(isCandidate);

    [Fact]
    public void A_breakout_is_one_alert_per_stock_and_day_also_across_restarts()
    {
        _world.Market.Set(Infy, "09:00", 120, 9_000_000);
        _world.RunUntil("10:15:00");
        _world.RunUntil("15:30:00");
        var alert = _world.Alerts.Raised.Single();
        alert.Cycle.ShouldBe(_world.At("09:30"));
        alert.Row!.Sheet.ShouldBe("ATR_Breakout_alerts");
        alert.Row.Cells["Day of Week"].Text.ShouldBe("Thursday");
    }

    [Fact]
    public void The_message_is_one_that_Telegram_takes()
    {
        // The original's raw "<" of "ATR20 < ATR30" made Telegram refuse every ATR alert.
        _world.Market.Set(Infy, "09:00", 120, 9_000_000);
        _world.RunUntil("09:31:00");
        var html = _world.Alerts.Raised.Single().Html;
        AlertHtml.IsWellFormed(html).ShouldBeTrue();
        html.ShouldContain("ATR(20) &lt; ATR(30)");
        html.ShouldContain("RSI 9/14/21");
    }

    [Fact]
    public void The_workbook_gets_its_row_with_the_alert_and_not_after_further_work() =>
        AtrMessagesRow().Keys.ShouldBe(
        [
            "Date", "Time", "Symbol", "Status", "Row ID", "Open", "Entry Level", "Current Price", "Breakout Distance", "ATR(20)", "ATR(30)", "Volatility Filter", "Stop Loss",
            "Risk Amount", "Risk %", "Volume", "RSI(9)", "RSI(14)", "RSI(21)", "RSI 9vs14", "RSI 9vs21", "RSI 14vs21", "RSI Recent Cross", "RSI Summary", "Day of Week",
        ]);

    [Fact]
    public void Today_s_partial_bar_is_not_among_the_completed_days()
    {
        _world.Market.Bars = static _ => [.. Contracting(DeskWorld.Thursday, 40), new KiteBar(Ist.At(DeskWorld.Thursday, default), 100, 900, 1, 100, 1)];
        _world.Market.Set(Infy, "09:00", 120, 9_000_000);
        _world.RunUntil("09:31:00");
        _world.Alerts.Raised.Single().Row!.Cells["ATR(20)"].Number!.Value.ShouldBeLessThan(5);
        _world.Market.Histories.Single().To.ShouldBe(DeskWorld.Thursday.AddDays(-1));
    }

    [Fact]
    public void Thirty_bars_are_too_few_for_a_full_ATR_30()
    {
        var quote = new KiteQuote(200, 0, 100, 200, 100, 100, 0, 0, 0);
        AtrSignal.Of(quote, Contracting(DeskWorld.Thursday, 30), Options).ShouldBeNull();
        AtrSignal.Of(quote, Contracting(DeskWorld.Thursday, 31), Options).ShouldNotBeNull();
    }

    [Fact]
    public void All_daily_readers_of_a_stock_cost_one_history_call_a_day_made_before_the_window_opens()
    {
        var world = new DeskWorld(DeskWorld.Thursday, at: "09:10:00", stocks: ["INFY", "TCS", "SBIN"], running: ["stock", "onemin", "atr"]);
        world.Market.Bars = static _ => Contracting(DeskWorld.Thursday, 40);
        foreach (var symbol in new[] { "INFY", "TCS", "SBIN" })
        {
            world.Market.Set("NSE:" + symbol, "09:00", 120, 9_000_000).Set("NSE:" + symbol, "10:00", 100, 9_500_000);
        }

        world.RunUntil("09:25:00");
        world.Market.Histories.Count.ShouldBe(3);
        world.RunUntil("15:30:00");
        world.Alerts.Raised.Count(static alert => alert.Html.Contains("RSI 9/14/21", StringComparison.Ordinal) && alert.Monitor is "atr").ShouldBe(3);
        world.Alerts.Raised.Count(static alert => alert.Html.Contains("RSI 9/14/21", StringComparison.Ordinal) && alert.Monitor is "stock").ShouldBeGreaterThanOrEqualTo(3);

        // Three more for the second process's own memory, which the engine serves from its store.
        world.Market.Histories.Count.ShouldBe(6);
        world.Market.Histories.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task The_window_is_checked_by_the_monitor_itself()
    {
        var atr = _world.Desk().Monitors.Single(static monitor => monitor.Name is "atr");
        _world.Market.Set(Infy, "09:00", 120, 9_000_000);
        foreach (var cycle in new[] { _world.At("09:24"), _world.At("15:26"), _world.At("10:00").AddDays(2) })
        {
            (await atr.RunAsync(cycle, default)).Note.ShouldBe("outside the monitoring window");
        }

        _world.Market.Quotes.ShouldBeEmpty();
    }

    [Fact]
    public void Fridays_remind_once_in_the_morning_and_once_in_the_afternoon_and_alerts_carry_a_line()
    {
        var world = new DeskWorld(DeskWorld.Friday, at: "09:15:00", running: ["atr"]);
        world.Market.Bars = static _ => Contracting(DeskWorld.Friday, 40);
        world.Market.Set(Infy, "09:00", 120, 9_000_000);
        world.RunUntil("10:05:00");
        world.RunUntil("15:30:00");
        world.Alerts.Raised.Select(static alert => (alert.Type, alert.Subject)).ShouldBe([("atr_breakout", "INFY"), ("friday_exit", "morning"), ("friday_exit", "afternoon")]);
        world.Alerts.Raised[0].Html.ShouldContain("Friday");

        _world.Market.Set(Infy, "09:00", 120, 9_000_000);
        _world.RunUntil("15:30:00");
        _world.Alerts.Raised.Single().Html.ShouldNotContain("Friday");
    }

    [Fact]
    public void Optional_filters_look_at_the_twenty_day_means()
    {
        var bars = Contracting(DeskWorld.Thursday, 40);
        var quote = new KiteQuote(120, 1499, 100, 120, 100, 100, 0, 0, 0);
        AtrSignal.Of(quote, bars, Options with { FilterVolume = true }).ShouldBeNull();
        AtrSignal.Of(quote with { Volume = 1500 }, bars, Options with { FilterVolume = true })!.HasVolume.ShouldBe(true);
        AtrSignal.Of(quote with { Last = 100, Open = 80 }, bars, Options with { FilterTrend = true }).ShouldBeNull();
        AtrSignal.Of(quote, bars, Options with { FilterTrend = true })!.IsAboveMean.ShouldBe(true);
    }

    // Days around 100 whose ranges shrink, so that the short ATR is below the long one; 1,000 shares each.
    private static IReadOnlyList<KiteBar> Contracting(DateOnly day, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var range = 3m - (i * 0.05m);
            return new KiteBar(Ist.At(day.AddDays(i - count), default), 100, 100 + range, 100 - range, 100 + (i % 2 * 0.1m), 1000);
        }),
    ];

    private IReadOnlyDictionary<string, AlertCell> AtrMessagesRow()
    {
        _world.Market.Set(Infy, "09:00", 120, 9_000_000);
        _world.RunUntil("09:31:00");
        return _world.Alerts.Raised.Single().Row!.Cells;
    }
}
