using Headgate.Strategies.Store;
using Headgate.Strategies.Windows;

namespace Headgate.Strategies.CallSell;

/// <summary>The output columns in the order of specification §3.5.</summary>
internal static class CallSellTable
{
    private static readonly string[] Columns =
    [
        "Entry Date", "Exit Date", "Entry Spot", "Exit Spot", "Future Expiry", "Future EntryPrice", "Future ExitPrice", "Future P&L", "Call Expiry",
        "Call Strike", "Call EntryPrice", EntryTurnover, "Call ExitPrice", ExitTurnover, "Call P&L", "Net P&L",
    ];

    private const string EntryTurnover = "Call Entry Turnover";
    private const string ExitTurnover = "Call Exit Turnover";

    /// <param name="compat">Without the turnover columns, which weekly 1.0.0 did not have.</param>
    public static ResultTable Of(IReadOnlyList<CallSellTrade> trades, TradeCosts costs, bool compat)
    {
        var keep = Enumerable.Range(0, Columns.Length).Where(i => !compat || (Columns[i] is not EntryTurnover and not ExitTurnover)).ToList();
        return new ResultTable(
            [.. keep.Select(i => Columns[i]), .. costs.Columns],
            [.. trades.Select(t => Row(t, costs, keep))]);
    }

    private static IReadOnlyList<object?> Row(CallSellTrade t, TradeCosts costs, List<int> keep)
    {
        var call = StrikeRule.Round2(t.CallIn.Close - t.CallOut.Close);
        var future = StrikeRule.Round2(t.FutureOut.Close - t.FutureIn.Close);
        object?[] all =
        [
            Iso.Text(t.Entry.Date), Iso.Text(t.Exit.Date), t.Entry.Close, t.Exit.Close, Iso.Text(t.FutureExpiry), t.FutureIn.Close, t.FutureOut.Close, future,
            Iso.Text(t.CallIn.Id.Expiry), t.CallIn.Id.Strike, t.CallIn.Close, t.CallIn.Turnover, t.CallOut.Close, t.CallOut.Turnover, call, call + future,
        ];
        return [.. keep.Select(i => all[i]), .. costs.Values(call + future, t.CallIn.Close, t.CallOut.Close, t.FutureIn.Close, t.FutureOut.Close)];
    }
}
