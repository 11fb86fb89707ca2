using Spectre.Console;
using Spectre.Console.Rendering;

namespace Headgate.Cli.Output;

/// <summary>
/// A table of text. Columns of figures stand to the right, others to the left. Where the terminal is too narrow for it each row is written as a record, a line for each column:
/// a name cut in the middle can be neither read nor copied.
/// </summary>
/// <param name="columns">Their titles. An empty first one means that the rows are labelled: such a table is never taken apart, its labels wrap.</param>
/// <param name="whenEmpty">Said in place of a table without rows.</param>
internal sealed class TextTable(IReadOnlyList<string> columns, string whenEmpty) : Renderable
{
    // What a border and its padding take per column, and the last border.
    private const int FrameOfColumn = 3;
    private const int FrameOfTable = 1;

    // The last column may hold sentences, which wrap, down to this.
    private const int SentenceMin = 32;

    private readonly List<IReadOnlyList<string>> _rows = [];

    public int Count => _rows.Count;

    public void Add(IReadOnlyList<string> cells) => _rows.Add(cells);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var shown = _rows.Count == 0 ? new Text($"{whenEmpty}\n") : IsLabelled || Width() <= maxWidth ? Table() : (IRenderable)new Text(Records());
        return shown.Render(options, maxWidth);
    }

    private bool IsLabelled => columns[0].Length == 0;

    private int Width()
    {
        var widths = Enumerable.Range(0, columns.Count).Select(Width).ToList();
        widths[^1] = HasSentences ? Math.Min(widths[^1], Math.Max(SentenceMin, columns[^1].Length)) : widths[^1];
        return widths.Sum() + (FrameOfColumn * columns.Count) + FrameOfTable;
    }

    private int Width(int column) => _rows.Select(row => row[column].Length).Append(columns[column].Length).Max();

    private bool HasSentences => _rows.Exists(row => row[^1].Contains(' ', StringComparison.Ordinal));

    private Table Table()
    {
        var table = new Table().RoundedBorder();
        for (var i = 0; i < columns.Count; i++)
        {
            var at = i;
            var column = new TableColumn(Markup.Escape(columns[i])).Alignment(i > 0 && _rows.TrueForAll(row => IsFigure(row[at])) ? Justify.Right : Justify.Left);
            var mayWrap = IsLabelled ? i == 0 : i == columns.Count - 1 && HasSentences;
            table.AddColumn(mayWrap ? column : column.NoWrap());
        }

        foreach (var row in _rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        return table;
    }

    private string Records()
    {
        var titles = columns.Max(title => title.Length);
        var records = _rows.Select(row => string.Concat(row.Select((cell, i) => $"{columns[i].PadRight(titles)}  {cell}\n")));
        return string.Join('\n', records);
    }

    private static bool IsFigure(string cell) => cell is "" or "-" || char.IsAsciiDigit(cell[0]) || (cell[0] is '-' or '+' && cell.Length > 1 && char.IsAsciiDigit(cell[1]));
}
