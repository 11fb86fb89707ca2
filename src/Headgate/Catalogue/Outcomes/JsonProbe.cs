using System.Text;
using System.Text.Json;
using Headgate.Upstream;

namespace Headgate.Catalogue;

/// <summary>Tests members of a JSON body by walking it; builds no tree and takes no text for a member that is not one.</summary>
internal static class JsonProbe
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    /// <summary>Does the condition hold? Never for a body that is not JSON as far as it was read.</summary>
    public static bool Holds(ReadOnlySpan<byte> body, JsonCondition condition)
    {
        try
        {
            var reader = new Utf8JsonReader(body, Options);
            var found = Seek(ref reader, condition.Path);
            if (found is null)
            {
                return false;
            }

            return condition.Absent ? !found.Value : found.Value && (condition.Contains.Count == 0 || ContainsAny(ref reader, condition.Contains));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A number or string at a path, as text; null when absent.</summary>
    public static string? Text(ReadOnlySpan<byte> body, IReadOnlyList<string> path)
    {
        try
        {
            var reader = new Utf8JsonReader(body, Options);
            return Seek(ref reader, path) == true ? Scalar(ref reader) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // True with the reader on the value, false when a member on the way is absent, null when the body is no JSON value at all.
    private static bool? Seek(ref Utf8JsonReader reader, IReadOnlyList<string> path)
    {
        if (!reader.Read())
        {
            return null;
        }

        return JsonSeek.Path(ref reader, path);
    }

    // In an array or object any scalar inside may contain the text (Kraken's error is a list of strings).
    private static bool ContainsAny(ref Utf8JsonReader reader, IReadOnlyList<string> texts)
    {
        var depth = reader.CurrentDepth;
        do
        {
            if ((Scalar(ref reader) ?? Empty(reader)) is { } value && texts.Any(text => Fits(value, text)))
            {
                return true;
            }
        }
        while (reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject ? 1 : 0) > depth && reader.Read());

        return false;
    }

    // "={}" and "=[]" ask whether there is anything at all.
    private static string? Empty(Utf8JsonReader reader)
    {
        var opened = reader.TokenType;
        return opened switch
        {
            JsonTokenType.StartObject when reader.Read() && reader.TokenType == JsonTokenType.EndObject => "{}",
            JsonTokenType.StartArray when reader.Read() && reader.TokenType == JsonTokenType.EndArray => "[]",
            _ => null,
        };
    }

    private static bool Fits(string value, string text) => text.StartsWith('=')
        ? value.AsSpan().Equals(text.AsSpan(1), StringComparison.OrdinalIgnoreCase)
        : value.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => JsonWords.Text(ref reader),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        _ => null,
    };
}
