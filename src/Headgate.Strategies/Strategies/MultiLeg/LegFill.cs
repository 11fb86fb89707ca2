using Headgate.Strategies.Store;
using Headgate.Strategies.Windows;

namespace Headgate.Strategies.MultiLeg;

/// <summary>One leg of one trade.</summary>
internal sealed record LegFill(Leg Leg, DateOnly Opened, DateOnly Closed, DateOnly Expiry, ContractDay In, ContractDay Out)
{
    /// <summary>Points per unit of the strategy, two decimals.</summary>
    public decimal Profit => StrikeRule.Round2(Leg.Sign * Leg.Quantity * (Out.Close - In.Close));

    /// <summary>The close of each order of one unit: <see cref="Leg.Quantity"/> times at entry and at exit.</summary>
    public IEnumerable<decimal> Prices => Enumerable.Repeat(In.Close, Leg.Quantity).Concat(Enumerable.Repeat(Out.Close, Leg.Quantity));

    public IEnumerable<object?> Values
    {
        get
        {
            IEnumerable<object?> dates = Leg.IsShifted ? [Iso.Text(Opened), Iso.Text(Closed)] : [];
            return Leg.Right == OptionRight.None
                ? [.. dates, Iso.Text(Expiry), In.Close, Out.Close, Profit]
                : [.. dates, Iso.Text(Expiry), In.Id.Strike, In.Close, In.Turnover, Out.Close, Out.Turnover, Profit];
        }
    }

    public static IEnumerable<string> Columns(Leg leg)
    {
        string[] dates = leg.IsShifted ? ["Entry Date", "Exit Date"] : [];
        string[] columns = leg.Right == OptionRight.None
            ? ["Expiry", "EntryPrice", "ExitPrice", "P&L"]
            : ["Expiry", "Strike", "EntryPrice", "Entry Turnover", "ExitPrice", "Exit Turnover", "P&L"];
        return dates.Concat(columns).Select(c => $"{leg.Name} {c}");
    }
}
