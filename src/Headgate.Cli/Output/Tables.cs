using System.Text.Json;
using Headgate.Strategies.Cli;
using Spectre.Console;

namespace Headgate.Cli.Output;

/// <summary>Tables in one style.</summary>
internal static class Tables
{
    /// <summary>A table with these titles.</summary>
    public static TextTable New(params string[] columns) => new(columns, "none");

    /// <summary>The same, with what is said where there are no rows.</summary>
    public static TextTable OrElse(string whenEmpty, params string[] columns) => new(columns, whenEmpty);

    /// <summary>Adds a row; what is null is shown as a dash.</summary>
    public static void AddRow(TextTable table, params object?[] cells) => table.Add([.. cells.Select(cell => cell is null or JsonElement { ValueKind: JsonValueKind.Null } ? "-" : cell.ToString()!)]);

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
