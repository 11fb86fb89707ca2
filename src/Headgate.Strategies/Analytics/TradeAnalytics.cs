using System.Globalization;
using Headgate.Strategies.Windows;

namespace Headgate.Strategies.Analytics;

/// <summary>Equity, drawdown, summary and pivot of an execution (specification §4).</summary>
public static class TradeAnalytics
{
    /// <summary>The research scripts keep trades whose option expires after this day: weekly expiries before it were a different market.</summary>
    public const string DefaultAfter = "2019-02-01";

    /// <param name="after">Trades whose option expiry is later are kept; null keeps all.</param>
    public static AnalyticsReport Of(ResultTable table, IReadOnlyList<StrategyLeg> legs, string? after = DefaultAfter)
    {
        var columns = new TradeColumns(table);
        var options = legs.Where(l => l.Right != "future").ToList();
        var kept = table.Rows
            .Where(r => after is null || options.Count == 0 || options.Exists(l => string.CompareOrdinal(columns.Text(r, $"{l.Name} Expiry"), after) > 0))
            .OrderBy(r => columns.Text(r, "Entry Date"), StringComparer.Ordinal).ThenBy(r => columns.Text(r, "Exit Date"), StringComparer.Ordinal).ToList();
        var rows = Curve(kept, columns, legs);
        var pivot = Pivot(rows);
        return new AnalyticsReport(AnalyticsMath.Summary(rows), rows, pivot, MonthTotals(pivot), pivot.Sum(y => y.Total));
    }

    private static List<AnalyticsRow> Curve(List<IReadOnlyList<object?>> trades, TradeColumns columns, IReadOnlyList<StrategyLeg> legs)
    {
        var rows = new List<AnalyticsRow>(trades.Count);
        var cumulative = trades.Count > 0 ? columns.Number(trades[0], "Entry Spot") : 0;
        var peak = decimal.MinValue;
        foreach (var trade in trades)
        {
            var entrySpot = columns.Number(trade, "Entry Spot");
            var exitSpot = columns.Number(trade, "Exit Spot");
            var exits = HypotheticalExits(trade, columns, legs);
            var net = columns.Number(trade, "Net P&L") + exits.Sum(e => e.Correction);
            cumulative += net;
            peak = Math.Max(peak, cumulative);
            var drawdown = Math.Min(0, cumulative - peak);
            rows.Add(new AnalyticsRow(
                columns.Text(trade, "Entry Date") ?? "", columns.Text(trade, "Exit Date") ?? "", entrySpot, exitSpot, FutureExpiry(trade, columns, legs), net,
                exitSpot - entrySpot, entrySpot == 0 ? 0 : StrikeRule.Round2(net / entrySpot * 100), cumulative, peak, drawdown,
                peak == 0 ? 0 : StrikeRule.Round2(drawdown / peak * 100), exits.ToDictionary(e => e.Leg, e => e.Price, StringComparer.Ordinal)));
        }

        return rows;
    }

    // An option held to its last day is worth its intrinsic value, whatever the exchange printed as its close.
    private static List<(string Leg, decimal Price, decimal Correction)> HypotheticalExits(
        IReadOnlyList<object?> trade, TradeColumns columns, IReadOnlyList<StrategyLeg> legs)
    {
        var exits = new List<(string, decimal, decimal)>();
        foreach (var leg in legs.Where(l => l.Right != "future"))
        {
            var exit = columns.Has($"{leg.Name} Exit Date") ? columns.Text(trade, $"{leg.Name} Exit Date") : columns.Text(trade, "Exit Date");
            var printed = columns.Number(trade, $"{leg.Name} ExitPrice");
            if (exit != columns.Text(trade, $"{leg.Name} Expiry"))
            {
                exits.Add((leg.Name, printed, 0));
                continue;
            }

            var moneyness = columns.Number(trade, "Exit Spot") - columns.Number(trade, $"{leg.Name} Strike");
            var intrinsic = Math.Max(0, leg.Right == "call" ? moneyness : -moneyness);
            exits.Add((leg.Name, intrinsic, (leg.Side == "buy" ? 1 : -1) * Quantity(trade, columns, leg) * (intrinsic - printed)));
        }

        return exits;
    }

    // The table states P&L for the leg's whole quantity but prices per unit; the ratio gives the quantity back.
    private static decimal Quantity(IReadOnlyList<object?> trade, TradeColumns columns, StrategyLeg leg)
    {
        var move = columns.Number(trade, $"{leg.Name} ExitPrice") - columns.Number(trade, $"{leg.Name} EntryPrice");
        return move == 0 ? 1 : Math.Max(1, Math.Round(Math.Abs(columns.Number(trade, $"{leg.Name} P&L") / move)));
    }

    private static string? FutureExpiry(IReadOnlyList<object?> trade, TradeColumns columns, IReadOnlyList<StrategyLeg> legs)
    {
        // Strategies without a future are grouped by their first option's expiry.
        var leg = legs.FirstOrDefault(l => l.Right == "future") ?? (legs.Count > 0 ? legs[0] : null);
        return leg is null ? null : columns.Text(trade, $"{leg.Name} Expiry");
    }

    private static List<PivotYear> Pivot(List<AnalyticsRow> rows) =>
    [
        .. rows.Where(r => r.FutureExpiry is { Length: 10 }).GroupBy(r => int.Parse(r.FutureExpiry![..4], CultureInfo.InvariantCulture)).OrderBy(g => g.Key)
            .Select(year => new PivotYear(year.Key, [.. Enumerable.Range(1, 12).Select(m => Sum(year.Where(r => Month(r) == m)))], year.Sum(r => r.NetPnl))),
    ];

    private static List<decimal?> MonthTotals(List<PivotYear> pivot) =>
        [.. Enumerable.Range(0, 12).Select(m => pivot.Exists(y => y.Months[m] is not null) ? pivot.Sum(y => y.Months[m] ?? 0) : (decimal?)null)];

    private static int Month(AnalyticsRow row) => int.Parse(row.FutureExpiry!.AsSpan(5, 2), CultureInfo.InvariantCulture);

    private static decimal? Sum(IEnumerable<AnalyticsRow> rows)
    {
        var list = rows.ToList();
        return list.Count == 0 ? null : list.Sum(r => r.NetPnl);
    }
}
