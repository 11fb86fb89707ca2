using Headgate.Desk.Monitors.Options;

namespace Headgate.Desk.Tests.Options;

public sealed class PivotRangeTests
{
    [Fact]
    public void The_specifications_example_is_0_129_percent_wide()
    {
        var range = PivotRange.Of(26_000, 25_800, 25_950);
        Math.Round(range.WidthPercent, 3).ShouldBe(0.129m);
        range.WidthClass(new VetoSettings()).ShouldBe("VERY_NARROW");
    }

    /// <summary>§9.1: the bounds were swapped whenever the close was below mid-range, so every price was "outside" and the width negative.</summary>
    [Fact]
    public void A_close_below_mid_range_does_not_turn_the_range_upside_down()
    {
        var range = PivotRange.Of(26_000, 25_800, 25_850);
        range.Bottom.ShouldBeLessThan(range.Top);
        range.WidthPercent.ShouldBeGreaterThan(0);
        range.IsOutside(range.Pivot).ShouldBeFalse();
        range.IsOutside(range.Top + 1).ShouldBeTrue();
        range.IsOutside(range.Bottom - 1).ShouldBeTrue();
    }

    [Theory]
    [InlineData(26_000, 25_800, 26_000, "NARROW")] // at most a third of the day's range
    [InlineData(26_000, 25_700, 26_000, "MODERATE")]
    [InlineData(26_000, 25_600, 26_000, "WIDE")]
    public void Widths_have_classes(int high, int low, int close, string name)
    {
        var range = PivotRange.Of(high, low, close);
        range.WidthClass(new VetoSettings()).ShouldBe(name, $"{range.WidthPercent}");
    }
}
