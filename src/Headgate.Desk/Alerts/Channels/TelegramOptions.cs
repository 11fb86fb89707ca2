namespace Headgate.Desk.Alerts.Channels;

/// <summary>Where Telegram messages go.</summary>
/// <param name="Token">The bot's token (a secret: <c>TELEGRAM_BOT_TOKEN</c>).</param>
/// <param name="ChatId">The chat (<c>TELEGRAM_CHAT_ID</c>): a number, negative for groups, or <c>@channel</c>.</param>
public sealed record TelegramOptions(string Token, string ChatId)
{
    /// <summary>Catalogue name of the provider. Default <c>telegram</c>.</summary>
    public string Provider { get; init; } = "telegram";

    /// <summary>
    /// Bounds waiting for the gate's permit and the call together. Default 60 s, so that a burst of alerts waits its turn at one message a second; the replaced
    /// system gave the call alone 10 s.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Product named in every message. Default <c>Headgate</c>.</summary>
    public string Product { get; init; } = "Headgate";

    /// <summary>Characters of a message at most, 256 to 4096. Default 4095 (Bot API: 4096 after entities are parsed).</summary>
    public int CharsMax { get; init; } = 4_095;

    public override string ToString() => $"telegram chat {ChatId}";
}
