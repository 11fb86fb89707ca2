using System.Globalization;
using System.Text.Json;

namespace Headgate.Desk.Monitors.Series;

/// <summary>A minute of all symbols as it is stored: symbol to time of the sample (Unix ms), price, volume and open interest.</summary>
internal static class MinuteRecord
{
    public static StoredRecord Write(string kind, DateTimeOffset minute, Dictionary<string, PriceSample> samples)
    {
        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            foreach (var (symbol, sample) in samples.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WriteStartArray(symbol);
                writer.WriteNumberValue(sample.At.ToUnixTimeMilliseconds());
                writer.WriteNumberValue(sample.Last);
                writer.WriteNumberValue(sample.Volume);
                writer.WriteNumberValue(sample.Oi);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return new StoredRecord(kind, minute.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture), minute, body.ToArray());
    }

    /// <summary>Null for a record nobody can read: a minute less, and no reason to stop.</summary>
    public static Dictionary<string, PriceSample>? TryRead(StoredRecord record)
    {
        try
        {
            var samples = new Dictionary<string, PriceSample>(StringComparer.Ordinal);
            using var document = JsonDocument.Parse(record.Content);
            foreach (var symbol in document.RootElement.EnumerateObject())
            {
                var cells = symbol.Value;
                samples[symbol.Name] = new PriceSample(
                    DateTimeOffset.FromUnixTimeMilliseconds(cells[0].GetInt64()), cells[1].GetDecimal(), cells[2].GetInt64(), cells[3].GetInt64());
            }

            return samples;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
