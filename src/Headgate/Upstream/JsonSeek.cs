using System.Text.Json;

namespace Headgate.Upstream;

/// <summary>Moves a reader to members of JSON objects; the one walk that splitting, probing and reading single members share.</summary>
internal static class JsonSeek
{
    /// <summary>From the value the reader stands on down a path of member names; false when a member on the way is absent.</summary>
    public static bool Path(ref Utf8JsonReader reader, IReadOnlyList<string> path)
    {
        foreach (var name in path)
        {
            if (reader.TokenType != JsonTokenType.StartObject || !Member(ref reader, name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>From an object's start to the value of its first member of that name.</summary>
    public static bool Member(ref Utf8JsonReader reader, string name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = JsonWords.Is(ref reader, name);
            reader.Read();
            if (found)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
