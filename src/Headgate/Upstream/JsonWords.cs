using System.Text.Json;

namespace Headgate.Upstream;

/// <summary>
/// Names and texts in JSON of others. <c>"\ud800"</c> is JSON by its grammar and half a character; bytes may be no UTF-8. Readers throw for both: here such a name is
/// nobody's name, and such a text is none.
/// </summary>
internal static class JsonWords
{
    /// <summary>Is the name or text the reader stands on this one?</summary>
    public static bool Is(ref Utf8JsonReader reader, string word)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueTextEquals(word);
        }

        try
        {
            return reader.ValueTextEquals(word);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The name or text the reader stands on, or null.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Is every name and text of a document one? Not for what is no JSON.</summary>
    public static bool AreTexts(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && Text(ref reader) is null)
            {
                return false;
            }
        }

        return true;
    }
}
