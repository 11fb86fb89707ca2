using System.Text.Json;

namespace Headgate.Upstream;

/// <summary>Reads single members of a JSON object without building a tree.</summary>
internal static class JsonMember
{
    /// <summary>The bytes of a top-level member's value (its name left out), or null when it is absent.</summary>
    public static ReadOnlyMemory<byte>? Value(ReadOnlyMemory<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json.Span);
        if (!Seek(ref reader, name))
        {
            return null;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    /// <summary>The bytes of a top-level member with its name, or null when it is absent.</summary>
    public static ReadOnlyMemory<byte>? Whole(ReadOnlyMemory<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var found = JsonWords.Is(ref reader, name);
            reader.Read();
            reader.Skip();
            if (found)
            {
                return json[start..(int)reader.BytesConsumed];
            }
        }

        return null;
    }

    /// <summary>A top-level string or number as text, or null.</summary>
    public static string? Text(ReadOnlySpan<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json);
        if (!Seek(ref reader, name))
        {
            return null;
        }

        return reader.TokenType switch
        {
            JsonTokenType.String => JsonWords.Text(ref reader),
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };
    }

    /// <summary>A string or number at a path of member names, as text, or null.</summary>
    public static string? Text(ReadOnlyMemory<byte> json, IReadOnlyList<string> path)
    {
        for (var i = 0; i < path.Count - 1; i++)
        {
            if (Value(json, path[i]) is not { } inner)
            {
                return null;
            }

            json = inner;
        }

        return path.Count == 0 ? null : Text(json.Span, path[^1]);
    }

    private static bool Seek(ref Utf8JsonReader reader, string name) =>
        reader.Read() && reader.TokenType == JsonTokenType.StartObject && JsonSeek.Member(ref reader, name);
}
