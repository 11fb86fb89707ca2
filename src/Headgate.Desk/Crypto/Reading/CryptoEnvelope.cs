using System.Runtime.InteropServices;
using System.Text.Json;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Crypto.Reading;

/// <summary>Takes an answer apart: <c>{"success":"true","error":"false","data":…}</c>, in which success and error are texts, or a bare value.</summary>
/// <remarks>All text in <paramref name="Data"/> can be read: a row of a list that has other text is left out, so that one pair's row spoils no other's.</remarks>
/// <param name="Data">The data, or null.</param>
/// <param name="Error">The upstream's own words for a failure, or null.</param>
internal readonly record struct CryptoEnvelope(JsonElement? Data, string? Error)
{
    private const string Unreadable = "the answer holds text that is no Unicode";

    // An empty market is an answer (pycryptometer _cryptometer.py).
    private static readonly string[] Nothing = ["No Data", "No Liquidation"];

    /// <summary>There is nothing to tell, and no failure.</summary>
    public bool IsEmpty => Error is null && (Data is not { } data || data.ValueKind is JsonValueKind.Null || (data.ValueKind == JsonValueKind.Array && data.GetArrayLength() == 0));

    public static CryptoEnvelope Of(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var root = JsonElement.ParseValue(ref reader);
            var envelope = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("success", out var success) ? OfEnvelope(root, success) : new CryptoEnvelope(root, null);
            return JsonText.IsReadable(body) ? envelope : Readable(envelope);
        }
        catch (JsonException)
        {
            return new CryptoEnvelope(null, "the answer is no JSON");
        }
        catch (InvalidOperationException)
        {
            // What it is made of, its members' names or words, is such text itself.
            return new CryptoEnvelope(null, Unreadable);
        }
    }

    private static CryptoEnvelope Readable(CryptoEnvelope envelope)
    {
        if (envelope.Data is not { } data || IsReadable(data))
        {
            return envelope;
        }

        var rows = data.ValueKind == JsonValueKind.Array ? data.EnumerateArray().Where(IsReadable).ToList() : [];
        return rows.Count == 0 ? new CryptoEnvelope(null, Unreadable) : new CryptoEnvelope(JsonSerializer.SerializeToElement(rows), null);
    }

    private static bool IsReadable(JsonElement element) => JsonText.IsReadable(JsonMarshal.GetRawUtf8Value(element));

    private static CryptoEnvelope OfEnvelope(JsonElement root, JsonElement success)
    {
        if (success.ToString().Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return new CryptoEnvelope(root.TryGetProperty("data", out var data) ? data : null, null);
        }

        var error = root.TryGetProperty("error", out var words) ? words.ToString() : "";
        return new CryptoEnvelope(null, Nothing.Contains(error, StringComparer.OrdinalIgnoreCase) ? null : error.Length > 0 ? error : "the upstream says only that it failed");
    }
}
