namespace Headgate.Desk.Monitors.Options;

/// <summary>The central pivot range of a session: where the next one is expected to turn.</summary>
/// <param name="Pivot">(high + low + close) / 3.</param>
/// <param name="Bottom">The lower bound. Whether it is the mean of high and low or its mirror depends on where the session closed, so the two are sorted.</param>
/// <param name="Top">The upper bound.</param>
public sealed record PivotRange(decimal Pivot, decimal Bottom, decimal Top)
{
    /// <summary>Width in percent of the pivot, never negative.</summary>
    public decimal WidthPercent => (Top - Bottom) / Pivot * 100;

    /// <summary>Is a price above or below it?</summary>
    public bool IsOutside(decimal price) => price > Top || price < Bottom;

    /// <summary><c>VERY_NARROW</c>, <c>NARROW</c>, <c>MODERATE</c> or <c>WIDE</c>.</summary>
    public string WidthClass(VetoSettings settings) => WidthPercent < settings.CprVeryNarrow
        ? "VERY_NARROW"
        : WidthPercent < settings.CprNarrow ? "NARROW" : WidthPercent < settings.CprModerate ? "MODERATE" : "WIDE";

    public static PivotRange Of(decimal high, decimal low, decimal close)
    {
        var pivot = (high + low + close) / 3;
        var middle = (high + low) / 2;
        var mirror = (2 * pivot) - middle;
        return new PivotRange(pivot, Math.Min(middle, mirror), Math.Max(middle, mirror));
    }
}
