using System.Text;
using System.Text.Json;
using Headgate.Strategies.Runs;

namespace Headgate.Strategies.Api;

/// <summary>The body of GET /executions/{id}: stored rows are passed on as they are unless columns or a page are chosen.</summary>
internal static class ExecutionJson
{
    /// <returns>The JSON, or the first unknown field.</returns>
    public static (string? Json, string? UnknownField) Write(RunRecord run, RunOutput? output, string[]? fields, int offset, int? limit)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = PlatformJson.Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("execution_id", run.Id);
            writer.WriteString("status", run.Status);
            writer.WritePropertyName("data");
            if (output is null)
            {
                writer.WriteRawValue("[]");
            }
            else if (fields is null && offset == 0 && limit is null)
            {
                writer.WriteRawValue(output.DataJson, skipInputValidation: true);
            }
            else if (WritePage(writer, output, fields, offset, limit ?? int.MaxValue) is { } unknown)
            {
                return (null, unknown);
            }

            writer.WritePropertyName("metadata");
            writer.WriteRawValue(output?.MetadataJson ?? FailureMetadata(run), skipInputValidation: true);
            writer.WriteNumber("row_count", output?.RowCount ?? 0);
            writer.WriteEndObject();
        }

        return (Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length), null);
    }

    private static string? WritePage(Utf8JsonWriter writer, RunOutput output, string[]? fields, int offset, int limit)
    {
        using var data = JsonDocument.Parse(output.DataJson);
        var rows = data.RootElement;
        if (fields is not null && rows.GetArrayLength() > 0 && Array.Find(fields, f => !rows[0].TryGetProperty(f, out _)) is { } unknown)
        {
            writer.Reset(Stream.Null);
            return unknown;
        }

        writer.WriteStartArray();
        foreach (var row in rows.EnumerateArray().Skip(offset).Take(limit))
        {
            writer.WriteStartObject();
            foreach (var property in row.EnumerateObject().Where(p => fields is null || fields.Contains(p.Name, StringComparer.Ordinal)))
            {
                property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        return null;
    }

    private static string FailureMetadata(RunRecord run) => run.ErrorMessage is { } error ? PlatformJson.Write(new { Error = error }) : "{}";
}
