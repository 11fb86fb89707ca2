using System.Text.Json;
using System.Text.Unicode;

namespace Headgate.Desk.Doors;

/// <summary>
/// Tells whether the text in an upstream's JSON can be read. The parser takes half of a surrogate pair (<c>"\ud800"</c>) and bytes that are no UTF-8 for strings; whoever
/// reads, compares or writes such a string gets an <see cref="InvalidOperationException"/>, long after the answer was taken for good.
/// </summary>
internal static class JsonText
{
    /// <param name="json">JSON, or a part of it that stands for itself.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static bool IsReadable(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        // Every other escape is a character of its own.
        if (json.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && !IsReadable(ref reader))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsReadable(ref Utf8JsonReader reader)
    {
        try
        {
            reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
