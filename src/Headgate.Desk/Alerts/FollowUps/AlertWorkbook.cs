using System.Globalization;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Workbooks;

namespace Headgate.Desk.Alerts.FollowUps;

/// <summary>The workbook of alerts, written anew from the records: deleting it loses nothing.</summary>
public static class AlertWorkbook
{
    /// <summary>The file's name in the directory of workbooks.</summary>
    public const string FileName = "alert_tracking.xlsx";

    private const int AlertsMax = 200_000;

    /// <summary>Reads alerts and prices of a span and writes the file.</summary>
    /// <exception cref="IOException">The records cannot be read or the file cannot be written.</exception>
    public static async ValueTask WriteAsync(
        string directory, AlertStore alerts, FollowUpStore prices, DateTimeOffset from, DateTimeOffset before, string mainChannel, CancellationToken cancellation)
    {
        var rows = await alerts.ListAsync(from, before, AlertsMax, cancellation);
        WorkbookFile.Write(Path.Combine(directory, FileName), Sheets(rows, await prices.ListAsync(from, before, cancellation), mainChannel));
    }

    /// <summary>The seven sheets, and the sectors' where there are any.</summary>
    public static IReadOnlyList<SheetTable> Sheets(IReadOnlyList<AlertStatus> alerts, IReadOnlyDictionary<string, FollowUp> prices, string mainChannel)
    {
        var bySheet = alerts.Where(static status => status.Alert.Row is not null).ToLookup(static status => status.Alert.Row!.Sheet, StringComparer.Ordinal);
        var sheets = AlertSheets.All.Select(sheet => new SheetTable(
            sheet,
            AlertSheets.ColumnsOf(sheet),
            [.. bySheet[sheet].OrderBy(static status => status.Alert.RaisedAt).Select(status =>
                RowOf(status, prices.GetValueOrDefault(status.Alert.Key) ?? FollowUp.None, mainChannel))]));
        var sectors = alerts
            .OrderBy(static status => status.Alert.RaisedAt)
            .SelectMany(static status => status.Alert.Lines)
            .Where(static line => string.Equals(line.Sheet, AlertSheets.Sectors, StringComparison.Ordinal))
            .Select(static line => (IReadOnlyList<SheetCell>)[.. AlertSheets.ColumnsOf(AlertSheets.Sectors).Select(column =>
                line.Cells.TryGetValue(column, out var cell) ? new SheetCell(cell.Text, cell.Number) : new SheetCell(null, null))])
            .ToList();
        return sectors.Count == 0 ? [.. sheets] : [.. sheets, new SheetTable(AlertSheets.Sectors, AlertSheets.ColumnsOf(AlertSheets.Sectors), sectors)];
    }

    /// <summary>The row's identity: symbol_type_yyyymmdd_hhmmss, Indian time.</summary>
    public static string RowId(Alert alert) =>
        string.Create(CultureInfo.InvariantCulture, $"{alert.Subject}_{alert.Type}_{Ist.Of(alert.RaisedAt):yyyyMMdd_HHmmss}");

    private static IReadOnlyList<SheetCell> RowOf(AlertStatus status, FollowUp prices, string mainChannel)
    {
        var alert = status.Alert;
        var own = alert.Row!.Cells;
        var at = Ist.Of(alert.RaisedAt);
        var isRise = own.TryGetValue("Direction", out var direction)
            ? string.Equals(direction.Text, "Rise", StringComparison.OrdinalIgnoreCase)
            : alert.Type.EndsWith("_rise", StringComparison.Ordinal) || alert.Row.Sheet == AlertSheets.AtrBreakout;
        return [.. AlertSheets.ColumnsOf(alert.Row.Sheet).Select(column => column switch
        {
            "Telegram Sent" => status.IsSent(mainChannel) ? "Yes" : "No",
            "Price 2min" => prices.TwoMinutes,
            "Price 10min" => Shaded(prices.TenMinutes, prices.TwoMinutes, isRise),
            "Price EOD" => Shaded(prices.EndOfDay, prices.TwoMinutes, isRise),
            "Status" => prices.Status,
            "Row ID" => RowId(alert),
            _ when own.TryGetValue(column, out var cell) => new SheetCell(cell.Text, cell.Number),
            "Date" => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "Time" => at.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            "Symbol" => alert.Subject,
            "Direction" => isRise ? "Rise" : "Drop",
            "Alert Price" or "Current Price" => alert.Price,
            "Day of Week" => at.DayOfWeek.ToString(),
            _ => new SheetCell(null, null),
        })];
    }

    // With the alert green, against it red, by how far it went from the two-minute price: below 0.5 %, below 1.5 %, more.
    private static SheetCell Shaded(decimal? price, decimal? reference, bool isRise)
    {
        if (price is not { } now || reference is not { } then || then == 0 || now == then)
        {
            return price;
        }

        var change = (now - then) / then * 100;
        var depth = Math.Abs(change) < 0.5m ? 0 : Math.Abs(change) < 1.5m ? 1 : 2;
        var isWith = change > 0 == isRise;
        return new SheetCell(null, now, (isWith ? CellShade.LightGreen : CellShade.LightRed) + depth);
    }
}
