using Spectre.Console;
using Spectre.Console.Rendering;

namespace Headgate.Strategies.Cli;

/// <summary>
/// A table of text for a terminal of any width. Columns of figures stand to the right, others to the left. Where it is too wide its titles wrap, then its frame goes, and at last
/// each row is written as a record, a line for each column: a name or figure cut in the middle can be neither read nor copied.
/// </summary>
/// <param name="columns">Titles, at least one. An empty first one means that the rows are labelled: such a table is never taken apart, its labels wrap.</param>
/// <param name="whenEmpty">Said in place of a table without rows.</param>
/// <threadsafety>Not safe.</threadsafety>
public sealed class TextTable(IReadOnlyList<string> columns, string whenEmpty) : Renderable
{
    // The last column may hold sentences, which wrap, down to this.
    private const int SentenceMin = 32;

    private static readonly Look[] Looks =
    [
        new(TableBorder.Rounded, TitlesWrap: false, FrameOfColumn: 3), new(TableBorder.Rounded, TitlesWrap: true, FrameOfColumn: 3), new(TableBorder.Simple, TitlesWrap: true, FrameOfColumn: 2),
    ];

    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Rows so far.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row of as many cells as there are columns. A cell may have several lines.</summary>
    public void Add(IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => ((IRenderable)Fitting(maxWidth)).Render(options, maxWidth);

    private Renderable Fitting(int width)
    {
        if (_rows.Count == 0)
        {
            return new Text($"{whenEmpty}\n");
        }

        var look = IsLabelled ? Looks[0] : Array.Find(Looks, look => WidthIn(look) <= width);
        return look is null ? new Text(Records()) : Framed(look);
    }

    private bool IsLabelled => columns[0].Length == 0;

    private bool HasSentences => _rows.Exists(row => row[^1].Contains(' ', StringComparison.Ordinal));

    private int WidthIn(Look look)
    {
        var widths = Enumerable.Range(0, columns.Count).Select(column => _rows.Select(row => Longest(row[column])).Append(Longest(look.Title(columns[column]))).Max()).ToList();
        widths[^1] = HasSentences ? Math.Min(widths[^1], Math.Max(SentenceMin, Longest(look.Title(columns[^1])))) : widths[^1];
        return widths.Sum() + (look.FrameOfColumn * columns.Count) + 1;
    }

    private Table Framed(Look look)
    {
        var table = new Table().Border(look.Border);
        for (var i = 0; i < columns.Count; i++)
        {
            var at = i;
            var column = new TableColumn(Markup.Escape(look.Title(columns[i]))).Alignment(i > 0 && _rows.TrueForAll(row => IsFigure(row[at])) ? Justify.Right : Justify.Left);
            column.Padding = new Padding(look.FrameOfColumn - 2, 0, 1, 0);
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
        var titles = columns.Max(title => title.Length) + 2;
        var below = $"\n{new string(' ', titles)}";
        // An empty line ends each.
        return string.Concat(_rows.Select(row => $"{string.Concat(row.Select((cell, i) => $"{columns[i].PadRight(titles)}{cell.Replace("\n", below, StringComparison.Ordinal)}\n"))}\n"));
    }

    private static int Longest(string text) => text.Split('\n').Max(line => line.Length);

    private static bool IsFigure(string cell) => cell is "" or "-" || char.IsAsciiDigit(cell[0]) || (cell[0] is '-' or '+' && cell.Length > 1 && char.IsAsciiDigit(cell[1]));

    /// <param name="Border">Its lines.</param>
    /// <param name="TitlesWrap">Titles stand a word a line.</param>
    /// <param name="FrameOfColumn">What padding and border take of each column.</param>
    private sealed record Look(TableBorder Border, bool TitlesWrap, int FrameOfColumn)
    {
        public string Title(string title) => TitlesWrap ? title.Replace(' ', '\n') : title;
    }
}
