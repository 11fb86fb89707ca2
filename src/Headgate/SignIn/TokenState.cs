using System.Globalization;
using System.Text.Json;

namespace Headgate.SignIn;

/// <summary>What is stored with a refresh token. Prints nothing of it.</summary>
internal sealed record TokenState
{
    public required TokenPhase Phase { get; init; }

    /// <summary>Keyed hash of the token that a person supplied and this one descends from: another one is a remedy, the same one is not.</summary>
    public string Root { get; init; } = "";

    /// <summary>The access token that came with it; empty for none.</summary>
    public string AccessToken { get; init; } = "";

    /// <summary>When the access token ends.</summary>
    public DateTimeOffset AccessUntil { get; init; }

    /// <summary>Where its calls go; empty for the provider's own address.</summary>
    public string Server { get; init; } = "";

    /// <summary>When the last token was redeemed.</summary>
    public DateTimeOffset RedeemedAt { get; init; }

    public override string ToString() => Phase.ToString();

    /// <summary>What a text says; a text of an earlier release says nothing but that the token is there.</summary>
    public static TokenState Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return new TokenState
            {
                Phase = Enum.TryParse<TokenPhase>(Text(root, "phase"), ignoreCase: true, out var phase) ? phase : TokenPhase.Lost,
                Root = Text(root, "root"),
                AccessToken = Text(root, "accessToken"),
                AccessUntil = Time(root, "accessUntil"),
                Server = Text(root, "server"),
                RedeemedAt = Time(root, "redeemedAt"),
            };
        }
        catch (JsonException)
        {
            return new TokenState { Phase = TokenPhase.Stored };
        }
    }

    public string ToText() => JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["phase"] = Phase.ToString(),
        ["root"] = Root,
        ["accessToken"] = AccessToken,
        ["accessUntil"] = AccessUntil.ToString("O", CultureInfo.InvariantCulture),
        ["server"] = Server,
        ["redeemedAt"] = RedeemedAt.ToString("O", CultureInfo.InvariantCulture),
    });

    private static string Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static DateTimeOffset Time(JsonElement root, string name) =>
        DateTimeOffset.TryParse(Text(root, name), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : default;
}
