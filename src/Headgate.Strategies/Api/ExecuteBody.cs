using System.Text.Json;
using Headgate.Strategies.Runs;
using Microsoft.AspNetCore.Http;

namespace Headgate.Strategies.Api;

/// <summary>Reads the body of POST /execute and names what is wrong with it.</summary>
internal static class ExecuteBody
{
    /// <summary>Four parameters and a dozen settings fit in a thousandth of this.</summary>
    private const int BytesMax = 64 * 1024;

    private const int TextLengthMax = 200;

    public static async Task<(ExecuteRequest? Request, string? Error)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var buffer = new byte[BytesMax + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        if (length > BytesMax)
        {
            return (null, $"The body is longer than {BytesMax} bytes");
        }

        try
        {
            using var document = JsonDocument.Parse(buffer.AsMemory(0, length), new JsonDocumentOptions { MaxDepth = 8 });
            return Read(document.RootElement);
        }
        catch (JsonException wrong)
        {
            return (null, $"The body is not JSON: {wrong.Message}");
        }
    }

    private static (ExecuteRequest? Request, string? Error) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return (null, "The body must be a JSON object");
        }

        if (!body.TryGetProperty("strategy_name", out var name) || name.ValueKind != JsonValueKind.String || name.GetString() is not { Length: > 0 and <= TextLengthMax } strategy)
        {
            return (null, "Field 'strategy_name' is required and must be a string");
        }

        if (body.TryGetProperty("parameters", out var parameters) && parameters.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            return (null, "Field 'parameters' must be an object");
        }

        if (body.TryGetProperty("user_id", out var user) && (user.ValueKind != JsonValueKind.String || user.GetString() is not { Length: > 0 and <= TextLengthMax }))
        {
            return (null, "Field 'user_id' must be a string");
        }

        if (!TryFlag(body, "use_cache", true, out var useCache) || !TryFlag(body, "async_execution", false, out var isAsync))
        {
            return (null, "Fields 'use_cache' and 'async_execution' must be booleans");
        }

        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (parameters.ValueKind == JsonValueKind.Object)
        {
            foreach (var parameter in parameters.EnumerateObject())
            {
                given[parameter.Name] = parameter.Value.Clone(); // Outlives the document.
            }
        }

        return (new ExecuteRequest(strategy, given, user.ValueKind == JsonValueKind.String ? user.GetString()! : "system", useCache, isAsync), null);
    }

    private static bool TryFlag(JsonElement body, string name, bool fallback, out bool value)
    {
        value = fallback;
        if (!body.TryGetProperty(name, out var element))
        {
            return true;
        }

        value = element.ValueKind == JsonValueKind.True;
        return element.ValueKind is JsonValueKind.True or JsonValueKind.False;
    }
}
