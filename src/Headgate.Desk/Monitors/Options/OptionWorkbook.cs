using System.Globalization;
using Headgate.Desk.Alerts;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Workbooks;

namespace Headgate.Desk.Monitors.Options;

/// <summary>The monthly workbook <c>nifty_options_YYYY-MM.xlsx</c>, written anew from the records.</summary>
public static class OptionWorkbook
{
    /// <summary>Its one sheet.</summary>
    public const string Sheet = "NIFTY_Options_Analysis";

    /// <summary>Its columns, by the replaced system's names.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "Date", "Time", "Signal", "Signal_Tier", "Position_Size", "Premium_Quality", "Total_Score", "NIFTY_Spot", "VIX", "VIX_Trend", "VIX_Score", "IV_Rank",
        "Market_Regime", "Regime_Score", "OI_Pattern", "OI_Score", "Theta_Score", "Gamma_Score", "Vega_Score", "Best_Strategy", "Expiry_1", "Days_To_Expiry_1",
        "Straddle_Premium", "Straddle_Theta", "Straddle_Gamma", "Strangle_Premium", "Strangle_Theta", "Strangle_Gamma", "Recommendation", "Risk_Factors", "Telegram_Sent",
    ];

    /// <summary>The file of a month.</summary>
    public static string FileName(int year, int month) => string.Create(CultureInfo.InvariantCulture, $"nifty_options_{year:0000}-{month:00}.xlsx");

    /// <summary>An analysis as a row.</summary>
    public static OptionRow RowOf(OptionAnalysis analysis, IReadOnlyList<string> alertKeys)
    {
        var at = Ist.Of(analysis.Timestamp);
        var score = analysis.Best.Score;
        var first = analysis.Expiries.First(static expiry => expiry.Best is not null);
        var cells = new Dictionary<string, AlertCell>(StringComparer.Ordinal)
        {
            ["Date"] = at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["Time"] = at.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            ["Signal"] = analysis.Signal,
            ["Signal_Tier"] = analysis.SignalTier,
            ["Position_Size"] = analysis.PositionSize,
            ["Premium_Quality"] = analysis.PremiumQuality,
            ["Total_Score"] = Number(analysis.TotalScore, 1),
            ["NIFTY_Spot"] = analysis.NiftySpot,
            ["VIX"] = analysis.Vix,
            ["VIX_Trend"] = Number(analysis.VixTrend, 2),
            ["VIX_Score"] = Number(score.Vix, 1),
            ["IV_Rank"] = Number(analysis.IvRank, 1),
            ["Market_Regime"] = analysis.MarketRegime,
            ["Regime_Score"] = Number(score.Regime, 1),
            ["OI_Pattern"] = analysis.OiPatternName,
            ["OI_Score"] = Number(score.Oi, 1),
            ["Theta_Score"] = Number(score.Theta, 1),
            ["Gamma_Score"] = Number(score.Gamma, 1),
            ["Vega_Score"] = Number(score.Vega, 1),
            ["Best_Strategy"] = analysis.Best.Legs.Strategy,
            ["Expiry_1"] = first.Expiry.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["Days_To_Expiry_1"] = first.DaysToExpiry,
            ["Recommendation"] = analysis.Recommendation,
            ["Risk_Factors"] = string.Join("; ", analysis.RiskFactors),
        };
        Add(cells, "Straddle", first.Straddle);
        Add(cells, "Strangle", first.Strangle);
        return new OptionRow(analysis.Timestamp, cells, alertKeys);
    }

    /// <summary>Writes a month's file.</summary>
    /// <exception cref="IOException">The records cannot be read or the file cannot be written.</exception>
    public static async ValueTask WriteAsync(string directory, OptionStore store, AlertDesk desk, int year, int month, CancellationToken cancellation)
    {
        List<IReadOnlyList<SheetCell>> rows = [];
        foreach (var row in await store.RowsAsync(year, month, cancellation))
        {
            var isSent = false;
            foreach (var key in row.AlertKeys)
            {
                isSent |= await desk.Alerts.StateAsync(key, desk.MainChannel, cancellation) is { Stage: DeliveryStage.Sent };
            }

            rows.Add([.. Columns.Select(column => column == "Telegram_Sent"
                ? isSent ? "Yes" : "No"
                : row.Cells.TryGetValue(column, out var cell) ? new SheetCell(cell.Text, cell.Number) : new SheetCell(null, null))]);
        }

        WorkbookFile.Write(Path.Combine(directory, FileName(year, month)), [new SheetTable(Sheet, Columns, rows)]);
    }

    private static void Add(Dictionary<string, AlertCell> cells, string name, StrategyAnalysis? strategy)
    {
        if (strategy is not null)
        {
            cells[name + "_Premium"] = strategy.TotalPremium;
            cells[name + "_Theta"] = Number(strategy.Greeks.Theta, 2);
            cells[name + "_Gamma"] = Number(strategy.Greeks.Gamma, 6);
        }
    }

    private static decimal Number(double value, int digits) => Math.Round((decimal)value, digits);
}
