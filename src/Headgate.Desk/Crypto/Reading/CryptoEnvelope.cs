using System.Text.Json;

namespace Headgate.Desk.Crypto.Reading;

/// <summary>Takes an answer apart: <c>{"success":"true","error":"false","data":…}</c>, in which success and error are texts, or a bare value.</summary>
/// <param name="Data">The data, or null.</param>
/// <param name="Error">The upstream's own words for a failure, or null.</param>
internal readonly record struct CryptoEnvelope(JsonElement? Data, string? Error)
{
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
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("success", out var success) ? OfEnvelope(root, success) : new CryptoEnvelope(root, null);
        }
        catch (JsonException)
        {
            return new CryptoEnvelope(null, "the answer is no JSON");
        }
    }

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
