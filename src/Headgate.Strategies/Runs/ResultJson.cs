using System.Text;
using System.Text.Json;
using Headgate.Strategies.Store;

namespace Headgate.Strategies.Runs;

/// <summary>Turns results into the JSON that is stored and served, and back.</summary>
internal static class ResultJson
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = PlatformJson.Options.Encoder };

    public static RunOutput Of(IStrategy strategy, ParameterValues values, string dataVersion, StrategyResult result) =>
        new(Data(result.Table), Metadata(strategy, values, dataVersion, result), result.Table.Rows.Count);

    /// <summary>Rows as objects, columns in order.</summary>
    public static string Data(ResultTable table) => Text(writer =>
    {
        writer.WriteStartArray();
        foreach (var row in table.Rows)
        {
            writer.WriteStartObject();
            for (var i = 0; i < table.Columns.Count; i++)
            {
                writer.WritePropertyName(table.Columns[i]);
                WriteValue(writer, row[i]);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>The table back from its JSON; numbers as decimals.</summary>
    public static ResultTable Table(string dataJson)
    {
        using var document = JsonDocument.Parse(dataJson);
        IReadOnlyList<string>? columns = null;
        var rows = new List<IReadOnlyList<object?>>();
        foreach (var row in document.RootElement.EnumerateArray())
        {
            columns ??= [.. row.EnumerateObject().Select(p => p.Name)];
            rows.Add([.. row.EnumerateObject().Select(p => p.Value.ValueKind switch
            {
                JsonValueKind.Number => (object?)p.Value.GetDecimal(),
                JsonValueKind.Null => null,
                _ => p.Value.ToString(),
            })]);
        }

        return new ResultTable(columns ?? [], rows);
    }

    private static string Metadata(IStrategy strategy, ParameterValues values, string dataVersion, StrategyResult result) => Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("strategy", strategy.Name);
        writer.WriteString("version", strategy.Version);
        writer.WritePropertyName("parameters");
        WriteParameters(writer, values);
        writer.WriteString("symbol", values.Has("symbol") ? values.Text("symbol") : null);
        writer.WriteNumber("trades_executed", result.Table.Rows.Count);
        writer.WriteNumber("log_entries", result.Skipped.Count);
        writer.WriteString("message", result.Table.Rows.Count == 0 ? "No trades generated" : $"{result.Table.Rows.Count} trades");
        writer.WriteString("data_version", dataVersion);
        writer.WritePropertyName("legs");
        JsonSerializer.Serialize(writer, result.Legs, PlatformJson.Options);
        writer.WriteStartArray("log");
        foreach (var skip in result.Skipped)
        {
            WriteSkip(writer, skip);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public static void WriteParameters(Utf8JsonWriter writer, ParameterValues values)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in values.Identity.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    // The columns of the original's log.
    private static void WriteSkip(Utf8JsonWriter writer, SkipEntry skip)
    {
        writer.WriteStartObject();
        writer.WriteString("Symbol", skip.Symbol);
        writer.WriteString("Reason", skip.Reason);
        writer.WriteString("Call Expiry", Iso.Text(skip.CallExpiry) ?? "");
        writer.WriteString("Put Expiry", Iso.Text(skip.PutExpiry) ?? "");
        writer.WriteString("Future Expiry", Iso.Text(skip.FutureExpiry) ?? "");
        writer.WriteString("From Date", Iso.Text(skip.From));
        writer.WriteString("To Date", Iso.Text(skip.To));
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Writing))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
