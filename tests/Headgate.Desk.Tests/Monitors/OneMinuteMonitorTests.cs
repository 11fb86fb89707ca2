using Headgate.Desk.Monitors;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.OneMinute;
using Headgate.Desk.Monitors.Series;
using Headgate.Desk.Tests.Support;

namespace Headgate.Desk.Tests.Monitors;

public sealed class OneMinuteMonitorTests
{
    private const string Infy = "NSE:INFY";

    private static readonly DateTimeOffset Now = Ist.At(DeskWorld.Thursday, new TimeOnly(10, 0));
    private static readonly OneMinuteOptions Options = new();

    private readonly DeskWorld _world = new(DeskWorld.Thursday, running: ["onemin"]);

    [Theory]
    [InlineData(99.5, false)]
    [InlineData(99.49, true)]
    [InlineData(100.5, false)]
    [InlineData(100.51, true)]
    public void The_change_must_be_beyond_half_a_per_cent_strictly(double last, bool isFound) => (Find(100, (decimal)last) is not null).ShouldBe(isFound);

    [Theory]
    [InlineData(1800, false)]
    [InlineData(1801, true)]
    public void The_minute_s_volume_must_be_beyond_1_8_times_the_mean_of_the_minutes_before(long volume, bool isFound) =>
        (Find(100, 99, volume) is not null).ShouldBe(isFound);

    [Fact]
    public void The_present_minute_is_not_in_its_own_average()
    {
        // MANAPPURAM, −10 %: with the present minute in the mean the test was current > 9 × the other delta, and nothing was ever found.
        var finding = Find(100, 90, 5_000)!;
        finding.Volume.Average.ShouldBe(1000);
        finding.Volume.Multiple.ShouldBe(5);
    }

    [Fact]
    public void Fewer_than_three_earlier_minutes_are_no_average()
    {
        PriceSample[] samples = [Sample(3, 100, 1000), Sample(2, 100, 2000), Sample(1, 100, 3000), Sample(0, 99, 9000)];
        OneMinuteFinding.Of(samples, samples[^1], Options).ShouldBeNull();
        PriceSample[] enough = [Sample(4, 100, 0), .. samples];
        OneMinuteFinding.Of(enough, enough[^1], Options).ShouldNotBeNull();
    }

    [Fact]
    public void Below_fifty_rupees_nothing_is_found()
    {
        Find(50.5m, 49.99m).ShouldBeNull();
        Find(50.5m, 50m).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(100, 99, true)]
    [InlineData(104, 99, false)]
    [InlineData(96, 99, true)]
    [InlineData(103.2, 99, false)]
    [InlineData(103, 99, true)]
    public void High_priority_is_a_rate_beyond_1_3_times_that_of_the_four_minutes_before(double fiveAgo, double last, bool isHigh)
    {
        PriceSample[] samples = [Sample(5, (decimal)fiveAgo, 0), Sample(4, 100, 1000), Sample(3, 100, 2000), Sample(2, 100, 3000), Sample(1, 100, 4000), Sample(0, (decimal)last, 9000)];
        OneMinuteFinding.Of(samples, samples[^1], Options)!.IsHigh.ShouldBe(isHigh);
    }

    [Fact]
    public void An_alert_is_written_to_the_one_minute_sheet_with_direction_and_priority()
    {
        Drop("09:35");
        _world.RunUntil("09:36:00");
        var alert = _world.Alerts.Raised.Single();
        alert.Type.ShouldBe("1min");
        alert.Row!.Sheet.ShouldBe("1min_alerts");
        alert.Row.Cells["Direction"].Text.ShouldBe("Drop");
        alert.Row.Cells["Priority"].Text.ShouldBe("HIGH");
        alert.Row.Cells["Volume"].Number.ShouldBe(5000);
        alert.Row.Cells["Avg Volume"].Number.ShouldBe(1000);
    }

    [Fact]
    public void Drops_and_rises_share_one_cooldown()
    {
        Drop("09:35");
        _world.Market.Set(Infy, "09:40", 101, 40_000).Set(Infy, "09:45", 97, 90_000);
        _world.RunUntil("09:46:00");
        _world.Alerts.Raised.Select(static alert => alert.Cycle).ShouldBe([_world.At("09:35"), _world.At("09:45")]);
    }

    [Theory]
    [InlineData("98.7")]
    [InlineData("101.3")]
    public void No_alert_within_180_seconds_of_a_five_minute_alert_of_either_direction_and_that_consumes_no_cooldown(string price)
    {
        var world = new DeskWorld(DeskWorld.Thursday);
        Volumes(world);
        var last = decimal.Parse(price);
        world.Market.Set(Infy, "09:35", last, 20_000).Set(Infy, "09:38", last * 0.99m, 40_000).Set(Infy, "09:39", last * 0.98m, 90_000);
        world.RunUntil("09:40:30");
        world.Alerts.Raised.Where(static alert => alert.Monitor is "onemin").Select(static alert => alert.Cycle).ShouldBe([world.At("09:39")]);
        world.Alerts.Raised[0].Monitor.ShouldBe("stock");
    }

    [Fact]
    public void Thinly_traded_stocks_are_left_out_by_their_mean_daily_volume()
    {
        foreach (var (volume, alerts) in new[] { (499_999L, 0), (500_000L, 1) })
        {
            var world = new DeskWorld(DeskWorld.Thursday, at: "09:15:00", running: ["onemin"]);
            world.Market.Bars = _ => [.. Enumerable.Range(0, 40).Select(i => new KiteBar(Ist.At(DeskWorld.Thursday.AddDays(i - 40), default), 100, 101, 99, 100, i < 20 ? 1 : volume))];
            Volumes(world);
            world.Market.Set(Infy, "09:35", 99, 20_000);
            world.RunUntil("09:36:00");
            world.Alerts.Raised.Count.ShouldBe(alerts);
        }
    }

    [Fact]
    public void Without_any_volume_data_every_stock_is_looked_at()
    {
        Drop("09:35");
        _world.RunUntil("09:36:00");
        _world.Alerts.Raised.ShouldHaveSingleItem();
    }

    [Fact]
    public void Switched_off_it_asks_nothing()
    {
        var world = new DeskWorld(DeskWorld.Thursday, options: new DeskMonitorOptions { OneMin = new OneMinuteOptions { Enabled = false } }, running: ["onemin"]);
        world.RunUntil("09:40:00");
        world.Market.Quotes.ShouldBeEmpty();
    }

    [Fact]
    public void Every_price_is_of_its_own_minute_and_never_of_the_last()
    {
        _world.Market.Set(Infy, "09:00", 100);
        _world.RunUntil("09:35:30");
        _world.Market.Quotes.Count.ShouldBe(11);
        _world.Market.Quotes.ShouldAllBe(static ask => ask.At >= ask.NotBefore && ask.At < ask.NotBefore.AddMinutes(1));
    }

    private static OneMinuteFinding? Find(decimal before, decimal last, long volume = 5_000)
    {
        PriceSample[] samples = [.. Enumerable.Range(0, 6).Select(i => Sample(6 - i, before, i * 1000)), Sample(0, last, 5_000 + volume)];
        return OneMinuteFinding.Of(samples, samples[^1], Options);
    }

    private static PriceSample Sample(int minutesAgo, decimal last, long volume) => new(Now.AddMinutes(-minutesAgo), last, volume, 0);

    private static void Volumes(DeskWorld world)
    {
        for (var i = 0; i < 10; i++)
        {
            world.Market.Set(Infy, $"{new TimeOnly(9, 25).AddMinutes(i):HH:mm}", 100, i * 1000);
        }
    }

    private void Drop(string at)
    {
        Volumes(_world);
        _world.Market.Set(Infy, at, 99, 14_000);
    }
}
