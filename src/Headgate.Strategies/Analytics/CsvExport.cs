using System.Globalization;
using System.Text;

namespace Headgate.Strategies.Analytics;

/// <summary>Writes a result table as CSV (RFC 4180, UTF-8, lines end in LF).</summary>
public static class CsvExport
{
    public static string Write(ResultTable table)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', table.Columns.Select(Field)).Append('\n');
        foreach (var row in table.Rows)
        {
            text.AppendJoin(',', row.Select(v => Field(v is decimal number ? number.ToString(CultureInfo.InvariantCulture) : v?.ToString() ?? ""))).Append('\n');
        }

        return text.ToString();
    }

    private static string Field(string value) =>
        value.AsSpan().ContainsAny("\",\n\r") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
