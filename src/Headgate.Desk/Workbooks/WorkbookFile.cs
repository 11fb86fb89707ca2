using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Headgate.Desk.Workbooks;

/// <summary>Writes tables as an Excel workbook, whole or not at all.</summary>
public static class WorkbookFile
{
    // Excel's own bound of a cell's text.
    private const int TextCharsMax = 32_767;
    private const uint HeaderStyle = 1;
    private const uint ShadeStyles = 1;

    // Light, medium and dark, as the replaced system's readers know them.
    private static readonly string[] Fills = ["C6EFCE", "63BE7B", "2E8B57", "FFC7CE", "F8696B", "C00000"];

    /// <summary>Puts the file in place of an older one by renaming: whoever opens it sees the old or the new one, also after a crash.</summary>
    /// <exception cref="IOException">It cannot be written; the older file is as it was.</exception>
    public static void Write(string path, IReadOnlyList<SheetTable> sheets)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory);
        var temporary = path + ".tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite))
            {
                Write(file, sheets);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (UnauthorizedAccessException error)
        {
            // Open in Excel on a system that locks files, or a directory without rights.
            throw new IOException($"{path} cannot be replaced ({error.Message}).", error);
        }
    }

    /// <summary>Writes the workbook to a stream that can be read back and sought.</summary>
    public static void Write(Stream stream, IReadOnlyList<SheetTable> sheets)
    {
        using var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        workbook.Workbook = new Workbook(new Sheets());
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
        var list = workbook.Workbook.GetFirstChild<Sheets>()!;
        foreach (var sheet in sheets)
        {
            var part = workbook.AddNewPart<WorksheetPart>();
            Write(part, sheet);
            list.AppendChild(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)list.ChildElements.Count + 1, Name = sheet.Name });
        }

        workbook.Workbook.Save();
    }

    private static void Write(WorksheetPart part, SheetTable sheet)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(
            new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
        writer.WriteElement(new Columns(sheet.Columns.Select((name, i) =>
            new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = Math.Max(12, name.Length + 3), CustomWidth = true })));
        writer.WriteStartElement(new SheetData());
        writer.WriteElement(new Row(sheet.Columns.Select(static name => Text(name, HeaderStyle))));
        foreach (var row in sheet.Rows)
        {
            writer.WriteElement(new Row(row.Select(Cell)));
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static Cell Cell(SheetCell cell)
    {
        var style = cell.Shade == CellShade.None ? 0 : (uint)cell.Shade + ShadeStyles;
        return cell switch
        {
            { Number: { } number } => new Cell { CellValue = new CellValue(number.ToString(CultureInfo.InvariantCulture)), DataType = CellValues.Number, StyleIndex = style },
            { Text: { Length: > 0 } text } => Text(text, style),
            _ => new Cell { StyleIndex = style },
        };
    }

    private static Cell Text(string text, uint style) => new()
    {
        DataType = CellValues.InlineString,
        StyleIndex = style,
        InlineString = new InlineString(new Text(Printable(text)) { Space = SpaceProcessingModeValues.Preserve }),
    };

    // What XML cannot carry would make the whole workbook unreadable.
    private static string Printable(string text)
    {
        var printable = text.Any(static letter => !System.Xml.XmlConvert.IsXmlChar(letter) && !char.IsSurrogate(letter))
            ? string.Concat(text.Where(static letter => System.Xml.XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter)))
            : text;
        return printable.Length > TextCharsMax ? printable[..TextCharsMax] : printable;
    }

    // The two fills and the empty border are what Excel expects to find in every workbook.
    private static Stylesheet Styles() => new(
        new Fonts(new Font(), new Font(new Bold(), new Color { Rgb = "FFFFFFFF" })),
        new Fills(
        [
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            Solid("4472C4"),
            .. Fills.Select(Solid),
        ]),
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())),
        new CellFormats(
        [
            new CellFormat(),
            new CellFormat { FontId = 1, FillId = 2, ApplyFont = true, ApplyFill = true },
            .. Fills.Select(static (_, i) => new CellFormat { FillId = (uint)i + 3, ApplyFill = true }),
        ]));

    private static Fill Solid(string rgb) => new(new PatternFill(new ForegroundColor { Rgb = "FF" + rgb }) { PatternType = PatternValues.Solid });
}
