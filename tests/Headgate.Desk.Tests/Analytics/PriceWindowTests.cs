using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Series;

namespace Headgate.Desk.Tests.Analytics;

public sealed class PriceWindowTests
{
    private static readonly DateTimeOffset Now = Ist.At(new DateOnly(2026, 11, 20), new TimeOnly(10, 0));

    [Fact]
    public void The_sample_nearest_the_target_is_compared_with()
    {
        // The original compared drops with the samples before its shift: 10, 15 and 35 minutes ago under the names 5, 10 and 30.
        List<PriceSample> samples = [.. Enumerable.Range(0, 41).Reverse().Select(static minutes => Sample(minutes * 60, 100 + minutes))];
        PriceWindow.OneMinute.Pick(samples, Now)!.Value.Last.ShouldBe(101);
        PriceWindow.FiveMinutes.Pick(samples, Now)!.Value.Last.ShouldBe(105);
        PriceWindow.TenMinutes.Pick(samples, Now)!.Value.Last.ShouldBe(110);
        PriceWindow.ThirtyMinutes.Pick(samples, Now)!.Value.Last.ShouldBe(130);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    [InlineData(120, true)]
    [InlineData(121, false)]
    public void A_minute_ago_is_30_to_120_seconds(int seconds, bool isTaken) => (PriceWindow.OneMinute.Pick([Sample(seconds, 1)], Now) is not null).ShouldBe(isTaken);

    [Theory]
    [InlineData(179, false)]
    [InlineData(180, true)]
    [InlineData(420, true)]
    [InlineData(421, false)]
    public void Five_minutes_ago_is_3_to_7_minutes(int seconds, bool isTaken) => (PriceWindow.FiveMinutes.Pick([Sample(seconds, 1)], Now) is not null).ShouldBe(isTaken);

    [Theory]
    [InlineData(479, false)]
    [InlineData(480, true)]
    [InlineData(720, true)]
    [InlineData(721, false)]
    public void Ten_minutes_ago_is_8_to_12_minutes(int seconds, bool isTaken) => (PriceWindow.TenMinutes.Pick([Sample(seconds, 1)], Now) is not null).ShouldBe(isTaken);

    [Theory]
    [InlineData(1499, false)]
    [InlineData(1500, true)]
    [InlineData(2100, true)]
    [InlineData(2101, false)]
    public void Thirty_minutes_ago_is_25_to_35_minutes(int seconds, bool isTaken) => (PriceWindow.ThirtyMinutes.Pick([Sample(seconds, 1)], Now) is not null).ShouldBe(isTaken);

    [Fact]
    public void Another_date_is_never_compared_with()
    {
        var midnight = Ist.At(new DateOnly(2026, 11, 20), new TimeOnly(0, 2));
        PriceWindow.FiveMinutes.Pick([new PriceSample(midnight.AddMinutes(-5), 100, 0, 0)], midnight).ShouldBeNull();
    }

    [Fact]
    public void Volumes_are_those_of_intervals_and_end_where_the_day_s_volume_went_backwards()
    {
        PriceSample[] samples = [Sample(1200, 1, 900), Sample(900, 1, 100), Sample(600, 1, 300), Sample(300, 1, 600), Sample(0, 1, 1000)];
        PriceWindow.FiveMinutes.Volumes(samples, samples[^1], 6).ShouldBe([400, 300, 200]);
    }

    private static PriceSample Sample(int secondsAgo, decimal last, long volume = 0) => new(Now.AddSeconds(-secondsAgo), last, volume, 0);
}
