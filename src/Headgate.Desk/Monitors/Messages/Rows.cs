using System.Globalization;
using Headgate.Desk.Alerts;
using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.Alerting;
using Headgate.Desk.Monitors.Hosting;

namespace Headgate.Desk.Monitors.Messages;

/// <summary>Cells of the workbook's columns. Prices of later moments and what became of the message are filled in by others.</summary>
internal static class Rows
{
    public static Dictionary<string, AlertCell> Standard(
        string symbol, string type, DateTimeOffset cycle, bool isRise, decimal price, decimal before, decimal changePercent, VolumeReading? volume, Enrichment enrichment)
    {
        var cells = Begin(symbol, type, cycle);
        cells["Direction"] = isRise ? "Rise" : "Drop";
        cells["Alert Price"] = price;
        cells["Previous Price"] = before;
        cells["Change %"] = Math.Round(changePercent, 2);
        cells["Change (Rs)"] = price - before;
        if (volume is not null)
        {
            cells["Volume"] = (decimal)volume.Current;
            Put(cells, "Avg Volume", volume.Average, 0);
            Put(cells, "Volume Multiplier", volume.Multiple, 2);
        }

        Put(cells, "Market Cap (Cr)", enrichment.MarketCap, 2);
        Rsi(cells, enrichment.Rsi);
        if (enrichment.Oi is { } oi)
        {
            cells["OI Current"] = (decimal)oi.Current;
            cells["OI Change %"] = oi.ChangePercent;
            cells["OI Pattern"] = oi.Pattern;
            cells["OI Signal"] = oi.Signal;
            cells["OI Strength"] = oi.Strength;
            cells["OI Priority"] = oi.Priority;
        }

        return cells;
    }

    public static Dictionary<string, AlertCell> Begin(string symbol, string type, DateTimeOffset cycle)
    {
        var at = Ist.Of(cycle);
        return new Dictionary<string, AlertCell>(StringComparer.Ordinal)
        {
            ["Date"] = at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["Time"] = at.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            ["Symbol"] = symbol,
            ["Status"] = "Pending",
            ["Row ID"] = string.Create(CultureInfo.InvariantCulture, $"{symbol}_{type}_{at:yyyyMMdd_HHmmss}"),
        };
    }

    public static void Rsi(Dictionary<string, AlertCell> cells, RsiReading? rsi)
    {
        if (rsi is null)
        {
            return;
        }

        cells["RSI(9)"] = rsi.Rsi9;
        cells["RSI(14)"] = rsi.Rsi14;
        cells["RSI(21)"] = rsi.Rsi21;
        foreach (var pair in rsi.Pairs)
        {
            cells[$"RSI {pair.Name}"] = pair.Status;
        }

        cells["RSI Recent Cross"] = rsi.LatestCross is { } latest ? $"{latest.Pair.Name} {latest.Cross}" : "";
        cells["RSI Summary"] = rsi.Summary;
    }

    public static void Put(Dictionary<string, AlertCell> cells, string column, decimal? number, int decimals)
    {
        if (number is { } known)
        {
            cells[column] = Math.Round(known, decimals);
        }
    }
}
