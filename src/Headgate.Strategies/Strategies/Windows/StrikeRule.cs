namespace Headgate.Strategies.Windows;

/// <summary>The target strike: spot moved by a percentage and rounded to the symbol's strike step, in decimals throughout.</summary>
internal static class StrikeRule
{
    public const string HalfUp = "half_up";
    public const string HalfEven = "half_even";

    /// <param name="percent">Signed move from the spot: + above, − below.</param>
    public static decimal Target(decimal spot, decimal percent, decimal step, bool halfEven)
    {
        var steps = spot * (100 + percent) / (100 * step);
        return step * (halfEven ? decimal.Round(steps, 0, MidpointRounding.ToEven) : decimal.Floor(steps + 0.5m));
    }

    /// <summary>Two decimals, half up (towards +∞), as amounts in points are stated.</summary>
    public static decimal Round2(decimal value) => (decimal.Floor(value * 100 + 0.5m) / 100) + 0.00m;
}
