using System.Text.Json;
using Headgate.Strategies.Runs;
using Spectre.Console;

namespace Headgate.Strategies.Cli;

/// <summary>JSON answers as tables.</summary>
internal static class Tables
{
    private static readonly JsonSerializerOptions Indented = new(PlatformJson.Options) { WriteIndented = true };

    /// <summary>A table of the named properties of each element.</summary>
    public static TextTable Of(IEnumerable<JsonElement> rows, params (string Title, string Property)[] columns)
    {
        var table = new TextTable([.. columns.Select(column => column.Title)], "none");
        foreach (var row in rows)
        {
            table.Add([.. columns.Select(column => Cell(row, column.Property))]);
        }

        return table;
    }

    public static string Cell(JsonElement row, string property) => row.TryGetProperty(property, out var value)
        ? value.ValueKind switch { JsonValueKind.Null => "", JsonValueKind.True => "yes", JsonValueKind.False => "no", _ => value.ToString() }
        : "";

    /// <summary>Prints JSON unwrapped and unstyled, so that it can be piped.</summary>
    public static void WriteJson<T>(this IAnsiConsole console, T value) => console.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(value, Indented));
}
