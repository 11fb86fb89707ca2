using Spectre.Console;

namespace Headgate.Cli.Output;

/// <summary>Tables in one style.</summary>
internal static class Tables
{
    /// <summary>First column to the left, figures to the right.</summary>
    public static Table New(params string[] columns)
    {
        var table = new Table().RoundedBorder();
        for (var i = 0; i < columns.Length; i++)
        {
            table.AddColumn(new TableColumn(columns[i]).Alignment(i == 0 ? Justify.Left : Justify.Right));
        }

        return table;
    }

    public static void AddRow(Table table, params object?[] cells) => table.AddRow([.. cells.Select(cell => Markup.Escape(cell?.ToString() ?? "-"))]);

    /// <summary>A console on the command's output: as wide as a terminal is, and wide enough for every column where there is none.</summary>
    public static IAnsiConsole On(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = 200;
        }

        return console;
    }
}
