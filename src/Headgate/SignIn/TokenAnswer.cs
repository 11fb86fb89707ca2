using System.Buffers;
using System.Text.Json;
using Headgate.Upstream;

namespace Headgate.SignIn;

/// <summary>What a login answers (RFC 6749 §5.1), and Questrade's <c>api_server</c>.</summary>
/// <param name="AccessToken">Goes with calls.</param>
/// <param name="RefreshToken">The next one.</param>
/// <param name="ExpiresIn">Life of the access token.</param>
/// <param name="Server">Where calls go, or null where the answer names none.</param>
internal sealed record TokenAnswer(string AccessToken, string RefreshToken, TimeSpan ExpiresIn, Uri? Server)
{
    private const string ServerMember = "api_server";

    // RFC 6749 names no default; half an hour is Questrade's.
    private const long ExpiresInDefault = 1_800;
    private const int TokenCharsMax = 8 * 1024;

    public override string ToString() => "token answer";

    /// <summary>Null when it is not such an answer whole.</summary>
    public static TokenAnswer? Parse(ReadOnlyMemory<byte> body) =>
        Members(body) is { } members && Text(body, members, "access_token") is { } access && Text(body, members, "refresh_token") is { } refresh
            ? new TokenAnswer(access, refresh, Life(body, members), Text(body, members, ServerMember) is { } server && Uri.TryCreate(server, UriKind.Absolute, out var uri) ? uri : null)
            : null;

    /// <summary>The same answer, byte for byte, with the gate's address where it names its server; null when it names none.</summary>
    public static ReadOnlyMemory<byte>? Rewritten(ReadOnlyMemory<byte> body, Uri gate)
    {
        if (Members(body) is not { } members || Text(body, members, ServerMember) is null)
        {
            return null;
        }

        var output = new ArrayBufferWriter<byte>(body.Length + 64);
        var written = 0;
        foreach (var (_, value) in members.Where(static member => string.Equals(member.Name, ServerMember, StringComparison.Ordinal)))
        {
            output.Write(body.Span[written..value.Start.Value]);
            output.Write(JsonSerializer.SerializeToUtf8Bytes(gate.AbsoluteUri));
            written = value.End.Value;
        }

        output.Write(body.Span[written..]);
        return output.WrittenMemory;
    }

    /// <summary>Names and where their values stand, in order; null when the whole is no JSON object. What has a name that is no text has nothing to say here.</summary>
    private static List<(string Name, Range Value)>? Members(ReadOnlyMemory<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            List<(string, Range)> members = [];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = JsonWords.Text(ref reader);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (name is not null)
                {
                    members.Add((name, start..(int)reader.BytesConsumed));
                }
            }

            // The rest must be JSON too.
            while (reader.Read())
            {
            }

            return members;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Of two members of one name the last counts, as with most readers.
    private static ReadOnlyMemory<byte>? Value(ReadOnlyMemory<byte> body, List<(string Name, Range Value)> members, string name) =>
        members.FindLastIndex(member => string.Equals(member.Name, name, StringComparison.Ordinal)) is >= 0 and var index ? body[members[index].Value] : default(ReadOnlyMemory<byte>?);

    private static string? Text(ReadOnlyMemory<byte> body, List<(string Name, Range Value)> members, string name)
    {
        var reader = new Utf8JsonReader(Value(body, members, name) is { } value ? value.Span : "null"u8);
        reader.Read();
        return reader.TokenType == JsonTokenType.String && JsonWords.Text(ref reader) is { Length: > 0 and <= TokenCharsMax } text && text.AsSpan().IndexOfAny('\r', '\n') < 0 ? text : null;
    }

    private static TimeSpan Life(ReadOnlyMemory<byte> body, List<(string Name, Range Value)> members)
    {
        var reader = new Utf8JsonReader(Value(body, members, "expires_in") is { } value ? value.Span : "null"u8);
        reader.Read();
        return TimeSpan.FromSeconds(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var seconds) ? Math.Clamp(seconds, 0, 86_400) : ExpiresInDefault);
    }
}
