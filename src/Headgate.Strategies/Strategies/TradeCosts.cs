using Headgate.Strategies.Windows;

namespace Headgate.Strategies;

/// <summary>The optional lot size, costs and slippage of specification §3.3-6. Prices and P&amp;L in points stay untouched; columns are added.</summary>
internal sealed record TradeCosts(long LotSize, decimal CostPerLeg, decimal SlippagePercent)
{
    private static readonly string[] Added = ["Slippage", "Costs", "Net Amount"];

    public static TradeCosts From(ParameterValues values) =>
        new(values.Integer("lot_size"), values.Number("cost_per_leg"), values.Number("slippage_pct"));

    private bool IsOn => LotSize != 1 || CostPerLeg != 0 || SlippagePercent != 0;

    /// <summary>Slippage in points per unit, Costs and Net Amount in rupees; none when everything is off.</summary>
    public IReadOnlyList<string> Columns => IsOn ? Added : [];

    /// <param name="prices">The close of every order: each leg at entry and at exit.</param>
    /// <param name="net">Net P&amp;L in points per unit.</param>
    public IReadOnlyList<object?> Values(decimal net, params ReadOnlySpan<decimal> prices)
    {
        if (!IsOn)
        {
            return [];
        }

        decimal slippage = 0;
        foreach (var price in prices)
        {
            slippage += price * SlippagePercent / 100;
        }

        var costs = CostPerLeg * prices.Length;
        return [StrikeRule.Round2(slippage), StrikeRule.Round2(costs), StrikeRule.Round2(((net - slippage) * LotSize) - costs)];
    }
}
