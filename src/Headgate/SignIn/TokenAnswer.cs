using System.Buffers;
using System.Text.Json;

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
    public static TokenAnswer? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && Text(root, "access_token") is { } access && Text(root, "refresh_token") is { } refresh
                ? new TokenAnswer(access, refresh, Life(root), Text(root, ServerMember) is { } server && Uri.TryCreate(server, UriKind.Absolute, out var uri) ? uri : null)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The same answer with the gate's address where it names its server; null when it names none.</summary>
    public static ReadOnlyMemory<byte>? Rewritten(ReadOnlyMemory<byte> body, Uri gate)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || Text(document.RootElement, ServerMember) is null)
            {
                return null;
            }

            var output = new ArrayBufferWriter<byte>(body.Length + 64);
            using (var writer = new Utf8JsonWriter(output))
            {
                writer.WriteStartObject();
                foreach (var member in document.RootElement.EnumerateObject())
                {
                    if (member.NameEquals(ServerMember))
                    {
                        writer.WriteString(ServerMember, gate.AbsoluteUri);
                    }
                    else
                    {
                        member.WriteTo(writer);
                    }
                }

                writer.WriteEndObject();
            }

            return output.WrittenMemory;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= TokenCharsMax } text
            && text.AsSpan().IndexOfAny('\r', '\n') < 0
            ? text
            : null;

    private static TimeSpan Life(JsonElement root) =>
        TimeSpan.FromSeconds(root.TryGetProperty("expires_in", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
            ? Math.Clamp(seconds, 0, 86_400)
            : ExpiresInDefault);
}
