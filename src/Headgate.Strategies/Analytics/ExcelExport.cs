using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Headgate.Strategies.Store;

namespace Headgate.Strategies.Analytics;

/// <summary>Writes an execution as an Excel workbook: trades, summary, equity and drawdown, pivot. Dates are real dates shown as dd-mm-yyyy.</summary>
public static class ExcelExport
{
    private const uint DateStyle = 1;
    private const uint NumberStyle = 2;
    private const uint HeaderStyle = 3;

    public static byte[] Write(ResultTable trades, AnalyticsReport report)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.Workbook = new Workbook(new Sheets());
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            AddSheet(workbook, "Trades", trades.Columns, trades.Rows);
            AddSheet(workbook, "Summary", ["Figure", "Value"], Summary(report.Summary));
            AddSheet(
                workbook, "Equity", ["Entry Date", "Exit Date", "Net P&L", "Cumulative", "Peak", "DD", "%DD"],
                report.Rows.Select(r => (IReadOnlyList<object?>)[r.EntryDate, r.ExitDate, r.NetPnl, r.Cumulative, r.Peak, r.Drawdown, r.DrawdownPct]));
            AddSheet(workbook, "Pivot", ["Year", .. CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames[..12], "Total"], Pivot(report));
            workbook.Workbook.Save();
        }

        return stream.ToArray();
    }

    private static IEnumerable<IReadOnlyList<object?>> Summary(AnalyticsSummary s) =>
    [
        ["Count", (decimal)s.Count], ["Sum", s.Sum], ["Avg", s.Average], ["W%", s.WinPct], ["Avg(W)", s.AverageWin], ["L%", s.LossPct], ["Avg(L)", s.AverageLoss],
        ["Expectancy", s.Expectancy], ["CAGR(Options)", s.CagrOptions], ["DD", s.DrawdownPct], ["DD(Points)", s.DrawdownPoints], ["CAR/MDD", s.CarToMdd],
        ["Recovery Factor", s.RecoveryFactor], ["Spot Change", s.SpotChange], ["ROI vs Spot", s.RoiVsSpot], ["CAGR(Spot)", s.CagrSpot],
    ];

    private static IEnumerable<IReadOnlyList<object?>> Pivot(AnalyticsReport report) =>
        report.Pivot.Select(y => (IReadOnlyList<object?>)[y.Year.ToString(CultureInfo.InvariantCulture), .. y.Months.Cast<object?>(), y.Total])
            .Append(["Total", .. report.MonthTotals.Cast<object?>(), report.Total]);

    private static void AddSheet(WorkbookPart workbook, string name, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var part = workbook.AddNewPart<WorksheetPart>();
        var data = new SheetData(new Row(columns.Select(c => Text(c, HeaderStyle))));
        foreach (var row in rows)
        {
            data.AppendChild(new Row(row.Select(Cell)));
        }

        part.Worksheet = new Worksheet(data);
        var sheets = workbook.Workbook.GetFirstChild<Sheets>()!;
        sheets.AppendChild(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)sheets.ChildElements.Count + 1, Name = name });
    }

    private static Cell Cell(object? value) => value switch
    {
        decimal number => new Cell { CellValue = new CellValue(number.ToString(CultureInfo.InvariantCulture)), DataType = CellValues.Number, StyleIndex = NumberStyle },
        string text when DateOnly.TryParseExact(text, Iso.Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => new Cell
        {
            // Excel counts days from 1899-12-30.
            CellValue = new CellValue((date.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture)),
            DataType = CellValues.Number,
            StyleIndex = DateStyle,
        },
        null => new Cell(),
        _ => Text(value.ToString()!, 0),
    };

    private static Cell Text(string text, uint style) =>
        new() { DataType = CellValues.InlineString, StyleIndex = style, InlineString = new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }) };

    // The two fills and the empty border are what Excel expects to find in every workbook.
    private static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "dd-mm-yyyy" }),
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())),
        new CellFormats(
            new CellFormat(), new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 2, ApplyNumberFormat = true }, new CellFormat { FontId = 1, ApplyFont = true }));
}
