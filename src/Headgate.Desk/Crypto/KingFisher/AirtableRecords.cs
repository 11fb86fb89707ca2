using System.Buffers;
using System.Text;
using System.Text.Json;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Crypto.KingFisher;

/// <summary>The table KingFisher writes to.</summary>
internal sealed class AirtableRecords(IDeskDoor door, KingFisherOptions options)
{
    private const string Provider = "airtable";
    private const string Client = "kingfisher";
    private const string Unread = "the schema of Airtable's base could not be read";

    private static readonly HeaderField Json = new("Content-Type", "application/json");

    /// <summary>Sees to it that every field that will be written exists: Airtable refuses a whole record for one unknown name.</summary>
    /// <exception cref="KingFisherSetupException">The table or fields are missing.</exception>
    /// <returns>Why it could not be told, or null when all is well.</returns>
    public async ValueTask<string?> CheckAsync(CancellationToken cancellation)
    {
        var answer = await door.AskAsync(new DeskAsk(Provider, $"/v0/meta/bases/{Uri.EscapeDataString(options.Base)}/tables") { Client = Client, MaxAge = TimeSpan.Zero }, cancellation);
        if (!answer.IsData)
        {
            return $"{Unread}: {Why(answer)}";
        }

        try
        {
            return Check(answer.Body);
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"{Unread}: {unreadable.Message}";
        }
    }

    private string? Check(ReadOnlyMemory<byte> schema)
    {
        using var document = JsonDocument.Parse(schema);
        var tables = document.RootElement.GetProperty("tables").EnumerateArray().ToList();
        var table = tables.FirstOrDefault(candidate => string.Equals(candidate.GetProperty("name").GetString(), options.Table, StringComparison.Ordinal));
        if (table.ValueKind != JsonValueKind.Object)
        {
            throw new KingFisherSetupException(
                $"Airtable's base {options.Base} has no table '{options.Table}'; it has {string.Join(", ", tables.Select(candidate => $"'{candidate.GetProperty("name").GetString()}'"))}. Make it, or name another as desk:kingfisher:table.");
        }

        var known = table.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()!).ToHashSet(StringComparer.Ordinal);
        var missing = options.Fields.Values.Where(field => !known.Contains(field)).Order(StringComparer.Ordinal).ToList();
        return missing.Count == 0
            ? null
            : throw new KingFisherSetupException($"Airtable's table '{options.Table}' lacks the fields {string.Join(", ", missing.Select(field => $"'{field}'"))}. Add them, or name others under desk:kingfisher:fields.");
    }

    /// <summary>Writes one record, once.</summary>
    public ValueTask<DeskAnswer> WriteAsync(KingFisherImage image, JsonElement analysis, CancellationToken cancellation) => door.SendAsync(
        new DeskMessage(Provider, "POST", $"/v0/{Uri.EscapeDataString(options.Base)}/{Uri.EscapeDataString(options.Table)}") { Client = Client, Headers = [Json], Body = BodyOf(image, analysis) },
        cancellation);

    /// <summary>Why an answer is no data, in words that hold no credential.</summary>
    public static string Why(DeskAnswer answer) => answer.Refusal?.Detail ?? $"status {answer.Status} {Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, 300)])}";

    private ReadOnlyMemory<byte> BodyOf(KingFisherImage image, JsonElement analysis)
    {
        var output = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("records");
            writer.WriteStartObject();
            writer.WriteStartObject("fields");
            foreach (var (member, field) in options.Fields)
            {
                if (member is "image")
                {
                    writer.WriteString(field, image.Id[^64..]);
                }
                else if (analysis.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                {
                    writer.WritePropertyName(field);
                    value.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return output.WrittenMemory;
    }
}
