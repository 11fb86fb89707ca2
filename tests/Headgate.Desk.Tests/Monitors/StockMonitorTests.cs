using Headgate.Desk.Alerts;
using Headgate.Desk.Monitors;
using Headgate.Desk.Monitors.Alerting;
using Headgate.Desk.Monitors.Stock;
using Headgate.Desk.Monitors.Universe;
using Headgate.Desk.Tests.Support;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Monitors;

public sealed class StockMonitorTests
{
    private const string Infy = "NSE:INFY";

    private readonly DeskWorld _world = new(DeskWorld.Thursday, running: ["stock"]);

    [Fact]
    public void A_5_minute_drop_of_1_25_per_cent_is_an_alert()
    {
        _world.Market.Set(Infy, "09:00", 100).Set(Infy, "09:30", 98.75m);
        _world.RunUntil("09:31:00");
        _world.Alerts.Raised.Single().ShouldSatisfyAllConditions(
            static alert => alert.Type.ShouldBe("5min"),
            static alert => alert.Row!.Sheet.ShouldBe("5min_alerts"),
            static alert => alert.Row!.Cells["Change %"].Number.ShouldBe(-1.25m),
            static alert => alert.Row!.Cells["Previous Price"].Number.ShouldBe(100),
            static alert => alert.Row!.Cells["Row ID"].Text.ShouldBe("INFY_5min_20261119_093000"));
    }

    [Fact]
    public void Less_than_1_25_per_cent_is_none()
    {
        _world.Market.Set(Infy, "09:00", 100).Set(Infy, "09:30", 98.76m);
        _world.RunUntil("09:31:00");
        _world.Alerts.Raised.ShouldBeEmpty();
    }

    [Fact]
    public void All_checks_are_evaluated_and_several_come_true_at_once()
    {
        // Prices and volumes every five minutes; at 10:00 everything falls together.
        _world.Market.Set(Infy, "09:00", 100, 1000);
        foreach (var (at, volume) in new[] { ("09:30", 2000), ("09:35", 3000), ("09:40", 4000), ("09:45", 5000), ("09:50", 6000), ("09:55", 7000) })
        {
            _world.Market.Set(Infy, at, 100, volume);
        }

        _world.Market.Set(Infy, "10:00", 96.9m, 9_501);
        _world.RunUntil("10:01:00");
        _world.Alerts.Types("INFY").ShouldBe(["volume_spike", "5min", "10min", "30min"]);
        _world.Alerts.Raised[0].Row!.Cells["Volume Multiplier"].Number.ShouldBe(2.5m);
    }

    [Fact]
    public void A_volume_spike_is_judged_by_interval_volumes_and_not_by_the_day_s_volume()
    {
        // The original compared 107,000 with 2.5 × 100,000 and saw nothing; the interval's 7,000 are seven times the mean.
        _world.Market.Set(Infy, "09:00", 100, 97_000).Set(Infy, "09:30", 100, 98_000).Set(Infy, "09:35", 100, 99_000).Set(Infy, "09:40", 100, 100_000).Set(Infy, "09:45", 98.8m, 107_000);
        _world.RunUntil("09:46:00");
        _world.Alerts.Types("INFY").ShouldBe(["volume_spike"]);
    }

    [Fact]
    public void A_volume_spike_needs_three_earlier_intervals()
    {
        _world.Market.Set(Infy, "09:00", 100, 1000).Set(Infy, "09:30", 100, 2000).Set(Infy, "09:35", 100, 3000).Set(Infy, "09:40", 98.8m, 90_000);
        _world.RunUntil("09:41:00");
        _world.Alerts.Raised.ShouldBeEmpty();
    }

    [Fact]
    public void Rises_are_types_of_their_own_and_can_be_switched_off()
    {
        _world.Market.Set(Infy, "09:00", 100).Set(Infy, "09:30", 101.25m);
        _world.RunUntil("09:31:00").Single(static status => status.Name is "stock").LastResult!.RiseAlerts.ShouldBe(1);
        _world.Alerts.Types("INFY").ShouldBe(["5min_rise"]);

        var quiet = new DeskWorld(DeskWorld.Thursday, options: new DeskMonitorOptions { Stock = new StockMonitorOptions { RiseAlerts = false } }, running: ["stock"]);
        quiet.Market.Set(Infy, "09:00", 100).Set(Infy, "09:30", 101.25m);
        quiet.RunUntil("09:31:00");
        quiet.Alerts.Raised.ShouldBeEmpty();
    }

    [Fact]
    public void Ten_minute_alerts_have_a_cooldown_too()
    {
        // One per cent down every five minutes: 10-minute change beyond 2 % in every cycle, 5-minute change never beyond 1.25 %.
        decimal price = 1000;
        for (var i = 0; i <= 8; i++, price *= 0.988m)
        {
            _world.Market.Set(Infy, $"{new TimeOnly(9, 25).AddMinutes(5 * i):HH:mm}", price);
        }

        _world.RunUntil("10:06:00");
        _world.Alerts.Raised.Where(static alert => alert.Type is "10min").Select(alert => $"{alert.Cycle.ToOffset(new TimeSpan(5, 30, 0)):HH:mm}").ShouldBe(["09:35", "09:45", "09:55", "10:05"]);
    }

    [Fact]
    public void A_cooldown_holds_across_a_restart_and_is_kept_longer_than_sixty_minutes()
    {
        var records = new MemoryRecordStore(_world.Disk);
        var ledger = new CooldownLedger(records);
        _world.Time.Run(async () =>
        {
            await ledger.RecordAsync("atr_breakout", "INFY", _world.At("09:30"), default);
            await _world.Desk().PurgeAsync(default);
            (await new CooldownLedger(records).IsReadyAsync("atr_breakout", "INFY", TimeSpan.FromMinutes(1440), _world.At("15:00"), default)).ShouldBeFalse();
            (await ledger.IsReadyAsync("atr_breakout", "TCS", TimeSpan.FromMinutes(1440), _world.At("15:00"), default)).ShouldBeTrue();
            (await ledger.IsReadyAsync("atr_breakout", "INFY", TimeSpan.FromMinutes(1440), _world.At("09:30").AddDays(1), default)).ShouldBeTrue();
        });
    }

    [Fact]
    public void Minutes_of_long_ago_are_deleted_and_the_day_s_are_not()
    {
        var world = new DeskWorld(DeskWorld.Thursday, at: "09:05:00", running: ["stock"]);
        var records = new MemoryRecordStore(world.Disk);
        world.Time.Run(async () => await records.PutAsync([new StoredRecord("desk.minute", "old", world.At("10:00").AddDays(-8), "{}"u8.ToArray())], default));
        world.Market.Set(Infy, "09:00", 100);
        world.RunUntil("09:31:00");
        world.Time.Run(async () => (await records.QueryAsync(new RecordQuery("desk.minute"), default)).Select(static record => record.Id)
            .ShouldBe(["2026-11-19T03:55Z", "2026-11-19T04:00Z"]));
    }

    [Fact]
    public void An_alert_that_could_not_even_be_kept_does_not_begin_its_cooldown()
    {
        _world.Market.Set(Infy, "09:00", 100).Set(Infy, "09:30", 98).Set(Infy, "09:35", 96);
        _world.Alerts.Deliver = alert => alert.Cycle == _world.At("09:30") ? throw new IOException("disk full") : true;
        _world.RunUntil("09:36:00");
        _world.Alerts.Raised.Count(static alert => alert.Type is "5min").ShouldBe(1);
        _world.Alerts.Raised[0].Cycle.ShouldBe(_world.At("09:35"));
    }

    [Fact]
    public void A_cooldown_is_recorded_only_after_a_successful_send()
    {
        _world.Market.Set(Infy, "09:00", 100).Set(Infy, "09:30", 98);
        _world.Alerts.Deliver = static _ => false;
        _world.RunUntil("09:31:00").Single(static status => status.Name is "stock").LastResult!.AlertsSent.ShouldBe(0);
        _world.Time.Run(async () => (await new CooldownLedger(new MemoryRecordStore(_world.Disk)).LastAsync("5min", "INFY", default)).ShouldBeNull());
    }

    [Fact]
    public void While_an_alert_waits_in_the_outbox_no_second_one_joins_it()
    {
        _world.Market.Set(Infy, "09:00", 100).Set(Infy, "09:30", 98).Set(Infy, "09:35", 96).Set(Infy, "09:40", 94);
        _world.Alerts.Deliver = static _ => false;
        _world.RunUntil("09:41:00");
        _world.Alerts.Raised.Where(static alert => alert.Type is "5min").Select(static alert => alert.Cycle).ShouldBe([_world.At("09:30"), _world.At("09:40")]);
    }

    [Fact]
    public void A_restart_compares_with_the_same_prices()
    {
        _world.Market.Set(Infy, "09:00", 100).Set(Infy, "09:30", 98.75m);
        _world.RunUntil("09:29:30");
        _world.RunUntil("09:31:00");
        _world.Alerts.Types("INFY").ShouldBe(["5min"]);
    }

    [Fact]
    public void A_stale_overnight_price_raises_no_alert()
    {
        // MAXHEALTH, 12 January 2026: a price of the day before, never deleted, made a drop of it.
        _world.Market.Set(Infy, "09:00", 100);
        _world.RunUntil("15:26:00");
        var next = new DeskWorld(DeskWorld.Friday, running: ["stock"]);
        next.Market.Set(Infy, "09:00", 90);
        Copy(_world.Disk, next.Disk);
        next.RunUntil("09:26:00");
        next.Alerts.Raised.ShouldBeEmpty();
    }

    [Fact]
    public void The_one_minute_job_does_not_hide_five_minute_drops()
    {
        // In the original its price became the stock job's "previous", a minute old, and the comparison was skipped.
        var world = new DeskWorld(DeskWorld.Thursday);
        world.Market.Set(Infy, "09:00", 100).Set(Infy, "09:28", 98.5m);
        world.RunUntil("09:31:00");
        world.Alerts.Types("INFY").ShouldBe(["5min"]);
    }

    [Fact]
    public void A_stock_without_a_price_is_an_error_and_the_others_are_checked()
    {
        var world = new DeskWorld(DeskWorld.Thursday, stocks: ["INFY", "TCS"], running: ["stock"]);
        world.Market.Set(Infy, "09:00", 100, oi: 500).Set("NFO:INFY26NOVFUT", "09:00", 101, oi: 500);
        var result = world.RunUntil("09:26:00").Single(static status => status.Name is "stock").LastResult!;
        result.ShouldSatisfyAllConditions(
            () => result.Total.ShouldBe(2), () => result.Checked.ShouldBe(1), () => result.Errors.ShouldBe(1), () => result.OiStocks.ShouldBe(1));
    }

    [Fact]
    public void Drops_of_pharma_stocks_carry_a_note_and_rises_do_not()
    {
        var world = new DeskWorld(DeskWorld.Thursday, stocks: ["SUNPHARMA", "INFY", "CIPLA"], running: ["stock"]);
        world.Market.Set("NSE:SUNPHARMA", "09:00", 100).Set("NSE:SUNPHARMA", "09:30", 98).Set(Infy, "09:00", 100).Set(Infy, "09:30", 98).Set("NSE:CIPLA", "09:00", 100).Set("NSE:CIPLA", "09:30", 102);
        world.RunUntil("09:31:00");
        world.Alerts.Raised.Where(static alert => alert.Html.Contains("Pharma", StringComparison.Ordinal)).Select(static alert => alert.Subject).ShouldBe(["SUNPHARMA"]);
    }

    [Fact]
    public void Sectors_are_compared_at_their_three_snapshots_and_told_once_at_the_end_with_a_line_each()
    {
        string[] banks = ["SBIN", "PNB", "CANBK"], metals = ["SAIL", "NMDC", "VEDL"];
        var world = new DeskWorld(DeskWorld.Thursday, at: "09:24:59", stocks: [.. banks, .. metals], running: ["stock"])
        {
            Universe = new StockUniverse(
                [.. banks, .. metals],
                banks.Select(static stock => (stock, "Banks")).Concat(metals.Select(static stock => (stock, "Metals"))).ToDictionary(static pair => pair.stock, static pair => pair.Item2),
                new Dictionary<string, long>()),
        };
        foreach (var (stock, isBank) in banks.Select(static stock => (stock, true)).Concat(metals.Select(static stock => (stock, false))))
        {
            // Apart by 2 % at 12:30 and 15:25, within ten minutes; together else.
            world.Market.Set("NSE:" + stock, "09:00", 100).Set("NSE:" + stock, "12:27", isBank ? 101 : 99).Set("NSE:" + stock, "15:22", isBank ? 102.2m : 98);
        }

        world.RunUntil("15:26:00");
        var sectors = world.Alerts.Raised.Where(static alert => alert.Subject is "SECTORS").ToList();
        sectors.Select(alert => (alert.Type, alert.Cycle)).ShouldBe([("sector_rotation", world.At("12:30")), ("sector_summary", world.At("15:25"))]);
        sectors[1].Lines.Select(static line => line.Cells["Sector"].Text).ShouldBe(["Banks", "Metals"]);
        sectors[1].Lines[0].Cells["Momentum"].Number.ShouldBe(1.19m);
    }

    [Fact]
    public void An_alert_goes_out_whole_and_escaped_whatever_the_symbol()
    {
        var world = new DeskWorld(DeskWorld.Thursday, stocks: ["M&M<b>"], running: ["stock"]);
        world.Market.Set("NSE:M&M<b>", "09:00", 100).Set("NSE:M&M<b>", "09:30", 98);
        world.RunUntil("09:31:00");
        var html = world.Alerts.Raised.Single().Html;
        html.ShouldContain("M&amp;M&lt;b&gt;");
        AlertHtml.IsWellFormed(html).ShouldBeTrue();
        html.Length.ShouldBeLessThan(4096);
    }

    [Fact]
    public void Without_daily_bars_the_alert_goes_out_without_RSI()
    {
        _world.Market.Set(Infy, "09:00", 100).Set(Infy, "09:30", 98);
        _world.RunUntil("09:31:00");
        _world.Alerts.Raised.Single().Html.ShouldNotContain("RSI");
    }

    [Theory]
    [InlineData("2026-11-21")]
    [InlineData("2026-11-24")]
    public void On_weekends_and_holidays_nothing_is_asked(string day)
    {
        var world = new DeskWorld(DateOnly.Parse(day));
        world.RunUntil("15:30:00");
        world.Market.Quotes.ShouldBeEmpty();
        world.Market.Histories.ShouldBeEmpty();
    }

    private static void Copy(RecordDisk from, RecordDisk to)
    {
        var (source, target) = (new MemoryRecordStore(from), new MemoryRecordStore(to));
        foreach (var kind in new[] { "desk.minute", "desk.cooldown" })
        {
            var records = source.QueryAsync(new Headgate.RecordQuery(kind), default).AsTask().Result;
            target.PutAsync(records, default).AsTask().Wait();
        }
    }
}
