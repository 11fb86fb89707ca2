using Headgate.Strategies.Windows;

namespace Headgate.Strategies;

/// <summary>Parameters and settings shared by the shipped strategies (specification §2 and §3.3).</summary>
internal static class CommonParameters
{
    public static readonly ParameterDefinition AdjustmentType = new(
        "spot_adjustment_type", ParameterType.Select, 0L, "Re-entry on spot moves: 0 none, 1 rise, 2 fall, 3 rise or fall", 0, 3, [0L, 1L, 2L, 3L]);

    public static readonly ParameterDefinition Adjustment = new(
        "spot_adjustment", ParameterType.Number, 1.0m, "Spot move in percent that closes and re-opens the position (types 1 to 3)", 0m, 100m);

    public static readonly ParameterDefinition Filter = new(
        "filter", ParameterType.Text, "base2", $"Name of the base ranges in which trades may be held; '{RunInputs.NoFilter}' allows every day");

    /// <summary>How strikes round and what a trade costs; all off by default.</summary>
    public static readonly IReadOnlyList<ParameterDefinition> Settings =
    [
        Filter,
        new("strike_rounding", ParameterType.Text, StrikeRule.HalfUp, "How a target strike between two steps rounds; half_even reproduces the original", null, null, [StrikeRule.HalfUp, StrikeRule.HalfEven]),
        new("strike_step", ParameterType.Number, 100m, "Strikes are multiples of this many points", 0.01m, 100_000m),
        new("lot_size", ParameterType.Integer, 1L, "Units per lot, for the net amount in rupees", 1, 1_000_000),
        new("cost_per_leg", ParameterType.Number, 0m, "Rupees charged for each order: each leg, at entry and at exit", 0m, 1_000_000m),
        new("slippage_pct", ParameterType.Number, 0m, "Percent by which each fill is worse than the close", 0m, 100m),
    ];

    /// <summary>A rise or fall of 0 % would trigger every day.</summary>
    public static string? CheckAdjustment(ParameterValues values) =>
        values.Integer(AdjustmentType.Name) != 0 && values.Number(Adjustment.Name) <= 0
            ? "Parameter 'spot_adjustment' must be > 0 when spot_adjustment_type is 1, 2 or 3"
            : null;
}
