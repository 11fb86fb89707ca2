using System.Text.Json;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Alerts.Channels;

/// <summary>Telegram, through the gate: <c>POST /bot{token}/sendMessage</c> with HTML (Bot API, read 2026-11-20).</summary>
/// <remarks>
/// Every message ends with product, monitor and the alert's reference; one that may repeat another begins with the alert's whole key. A message that is not
/// well formed, or that the service could not parse, goes out as plain text.
/// </remarks>
public sealed class TelegramChannel(IDeskDoor door, TelegramOptions options) : IAlertChannel
{
    private static readonly HeaderField[] Headers = [new("Content-Type", "application/json")];

    public string Name => "telegram";

    public bool CanBeUncertain => true;

    public async ValueTask<ChannelOutcome> DeliverAsync(AlertAttempt attempt, CancellationToken cancellation)
    {
        var html = Compose(attempt, options);
        var isHtml = AlertHtml.IsWellFormed(html);
        var answer = await SendAsync(isHtml ? html : AlertHtml.ToPlain(html), isHtml, attempt.Alert.Monitor, cancellation);
        if (answer is { Refusal: null, Status: 400 } && isHtml)
        {
            // A 400 was certainly not delivered, so the second try cannot repeat anything.
            answer = await SendAsync(AlertHtml.ToPlain(html), isHtml: false, attempt.Alert.Monitor, cancellation);
        }

        return DoorOutcome.Of(answer, door.Time);
    }

    /// <summary>The whole message: notice of a possible repetition, the alert, the stamp.</summary>
    internal static string Compose(AlertAttempt attempt, TelegramOptions options)
    {
        var alert = attempt.Alert;
        var stamp = $"\n\n<i>{AlertHtml.Escape(options.Product)} · {AlertHtml.Escape(alert.Monitor)} monitor · #{AlertRef.Of(alert.Key)}</i>";
        var notice = attempt.MayRepeat ? $"<i>May have been sent before: {AlertHtml.Escape(alert.Key)}</i>\n" : "";
        return notice + AlertHtml.Fit(alert.Html, options.CharsMax - notice.Length - stamp.Length) + stamp;
    }

    private ValueTask<DeskAnswer> SendAsync(string text, bool isHtml, string monitor, CancellationToken cancellation)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["chat_id"] = options.ChatId, ["text"] = text, ["disable_web_page_preview"] = true };
        if (isHtml)
        {
            body["parse_mode"] = "HTML";
        }

        return door.SendAsync(
            new DeskMessage(options.Provider, "POST", $"/bot{options.Token}/sendMessage")
            {
                Client = monitor,
                Urgency = 1,
                Deadline = options.Deadline,
                Headers = Headers,
                Body = JsonSerializer.SerializeToUtf8Bytes(body),
            },
            cancellation);
    }
}
