using Headgate.Desk.Analytics;

namespace Headgate.Desk.Tests.Analytics;

public sealed class OiReadingTests
{
    [Theory]
    [InlineData(110, 1, "LONG_BUILDUP", "BULLISH")]
    [InlineData(110, -1, "SHORT_BUILDUP", "BEARISH")]
    [InlineData(110, 0, "SHORT_BUILDUP", "BEARISH")]
    [InlineData(90, 1, "SHORT_COVERING", "WEAK_BULLISH")]
    [InlineData(90, -1, "LONG_UNWINDING", "WEAK_BEARISH")]
    [InlineData(90, 0, "LONG_UNWINDING", "WEAK_BEARISH")]
    public void Price_and_open_interest_together_are_the_pattern(long now, int price, string pattern, string signal)
    {
        var reading = OiReading.Of(now, 100, price, 0, 0)!;
        reading.Pattern.ShouldBe(pattern);
        reading.Signal.ShouldBe(signal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(0)]
    public void The_first_snapshot_of_a_day_is_NO_CHANGE_and_not_covering_or_unwinding(int price)
    {
        var reading = OiReading.Of(100_000, 100_000, price, 100_000, 100_000)!;
        reading.Pattern.ShouldBe("NO_CHANGE");
        reading.Signal.ShouldBe("NEUTRAL");
        reading.Priority.ShouldBe("LOW");
        reading.IsAtDayHigh.ShouldBeFalse();
    }

    [Fact]
    public void Against_no_open_interest_there_is_no_change()
    {
        OiReading.Of(100, 0, 1, 0, 0).ShouldBeNull();
        OiReading.Of(0, 100, 1, 0, 0).ShouldBeNull();
    }

    [Theory]
    [InlineData(1150, 1, "VERY_STRONG", "HIGH", "HIGH")]
    [InlineData(1100, 1, "STRONG", "HIGH", "HIGH")]
    [InlineData(1050, 1, "SIGNIFICANT", "MEDIUM", "MEDIUM")]
    [InlineData(1049, 1, "MINIMAL", "MEDIUM", "LOW")]
    [InlineData(850, -2, "VERY_STRONG", "MEDIUM", "HIGH")]
    [InlineData(850, -1, "VERY_STRONG", "MEDIUM", "MEDIUM")]
    [InlineData(900, -1, "STRONG", "MEDIUM", "MEDIUM")]
    [InlineData(950, -1, "SIGNIFICANT", "LOW", "LOW")]
    public void Strength_confidence_and_priority_follow_the_change(long now, int price, string strength, string confidence, string priority)
    {
        var reading = OiReading.Of(now, 1000, price, 0, 0)!;
        (reading.Strength, reading.Confidence, reading.Priority).ShouldBe((strength, confidence, priority));
    }

    [Fact]
    public void An_extreme_counts_within_a_tenth_of_a_per_cent_and_from_five_per_cent_on()
    {
        OiReading.Of(105_000, 100_000, 1, 105_100, 100_000)!.IsAtDayHigh.ShouldBeTrue();
        OiReading.Of(105_000, 100_000, 1, 105_200, 100_000)!.IsAtDayHigh.ShouldBeFalse();
        OiReading.Of(104_000, 100_000, 1, 104_000, 100_000)!.IsAtDayHigh.ShouldBeFalse();
        OiReading.Of(95_000, 100_000, 1, 100_000, 95_000)!.IsAtDayLow.ShouldBeTrue();
    }

    [Fact]
    public void The_change_has_two_decimals() => OiReading.Of(100_333, 100_000, 1, 0, 0)!.ChangePercent.ShouldBe(0.33m);
}
