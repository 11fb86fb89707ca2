using Headgate.Desk.Analytics;

namespace Headgate.Desk.Tests.Analytics;

public sealed class RsiTests
{
    // StockCharts ChartSchool, "Relative Strength Index (RSI)", the worked table cs-rsi.xls (QQQQ from 14 December 2009): closes, and RSI(14) from the 15th on.
    private static readonly decimal[] Closes =
    [
        44.3389m, 44.0902m, 44.1497m, 43.6124m, 44.3278m, 44.8264m, 45.0955m, 45.4245m, 45.8433m, 46.0826m, 45.8931m, 46.0328m, 45.6140m, 46.2820m, 46.2820m, 46.0028m,
        46.0328m, 46.4116m, 46.2222m, 45.6439m, 46.2122m, 46.2521m, 45.7137m, 46.4515m, 45.7835m, 45.3548m, 44.0288m, 44.1783m, 44.2181m, 44.5672m, 43.4205m, 42.6628m,
        43.1314m,
    ];

    private static readonly decimal[] Published =
    [
        70.53m, 66.32m, 66.55m, 69.41m, 66.36m, 57.97m, 62.93m, 63.26m, 56.06m, 62.38m, 54.71m, 50.42m, 39.99m, 41.46m, 41.87m, 45.46m, 37.30m, 33.08m, 37.77m,
    ];

    [Fact]
    public void RSI_14_is_that_of_the_published_table()
    {
        var series = Rsi.Series(Closes, 14);
        series.Take(14).ShouldAllBe(static value => value == null);
        series.Skip(14).Select(static value => value!.Value).Zip(Published).ShouldAllBe(static pair => Math.Abs(pair.First - pair.Second) < 0.02m);
    }

    [Fact]
    public void Without_losses_it_is_100_and_without_any_move_50()
    {
        Rsi.Series([1, 2, 3, 4], 3)[^1].ShouldBe(100);
        Rsi.Series([2, 2, 2, 2], 3)[^1].ShouldBe(50);
        Rsi.Series([4, 3, 2, 1], 3)[^1].ShouldBe(0);
    }

    [Fact]
    public void A_reading_takes_thirty_bars_the_current_price_included()
    {
        RsiReading.Of([.. Closes.Take(28)], 44).ShouldBeNull();
        var reading = RsiReading.Of([.. Closes.Take(32)], Closes[32])!;
        reading.Rsi14.ShouldBe(37.77m, 0.02m);
        reading.Pairs.Select(static pair => pair.Name).ShouldBe(["9vs14", "9vs21", "14vs21"]);
        reading.Pairs.ShouldAllBe(pair => pair.IsAbove == pair.Strength > 0);
    }

    [Fact]
    public void A_cross_tells_how_many_bars_ago_and_older_ones_are_none()
    {
        // Twenty falling days and twenty rising ones, then a deep fall: the fast index falls through the slow ones with the last bar.
        decimal[] rising = [.. Enumerable.Range(0, 20).Select(static i => 140m - i), .. Enumerable.Range(0, 20).Select(static i => 120m + i)];
        var now = RsiReading.Of(rising, 110)!;
        now.Pairs.ShouldAllBe(static pair => pair.Cross == new RsiCross(false, 1));
        now.Summary.ShouldBe("Bearish momentum");
        RsiReading.Of([.. rising, 110], 109)!.Pairs.ShouldAllBe(static pair => pair.Cross == new RsiCross(false, 2));
        RsiReading.Of([.. rising, 110, 109, 108], 107)!.Pairs.ShouldAllBe(static pair => pair.Cross == null);
    }

    [Theory]
    [InlineData(true, true, false, true, "Bullish momentum")]
    [InlineData(false, false, true, null, "Bearish momentum")]
    [InlineData(true, true, true, null, "Bullish momentum")]
    public void A_cross_counts_one_and_a_position_a_half(bool first, bool second, bool third, bool? crossIsBullish, string summary) => RsiReading.Summarise(
    [
        new RsiPair(9, 14, 0, crossIsBullish is { } bullish ? new RsiCross(bullish, 1) : null) { IsAbove = first },
        new RsiPair(9, 21, 0, null) { IsAbove = second },
        new RsiPair(14, 21, 0, null) { IsAbove = third },
    ]).ShouldBe(summary);

    [Fact]
    public void Equal_sides_are_neutral() => RsiReading.Summarise(
    [
        new RsiPair(9, 14, 0, new RsiCross(IsBullish: false, 1)) { IsAbove = true },
        new RsiPair(9, 21, 0, null) { IsAbove = true },
        new RsiPair(14, 21, 0, new RsiCross(IsBullish: true, 2)) { IsAbove = false },
        new RsiPair(14, 21, 0, null) { IsAbove = false },
    ]).ShouldBe("Neutral");
}
