using System.Text.Json;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Alerts.Channels;

/// <summary>A receiver of the user's own: POST with the alert as JSON and its key in <c>Idempotency-Key</c>.</summary>
public sealed class WebhookChannel(IDeskDoor door, WebhookOptions options) : IAlertChannel
{
    private const int DiscordCharsMax = 2_000;

    public string Name => "webhook";

    public bool CanBeUncertain => true;

    public async ValueTask<ChannelOutcome> DeliverAsync(AlertAttempt attempt, CancellationToken cancellation)
    {
        var answer = await door.SendAsync(
            new DeskMessage(options.Provider, "POST", options.Target)
            {
                Client = attempt.Alert.Monitor,
                Urgency = 1,
                Deadline = options.Deadline,
                Headers = [new("Content-Type", "application/json"), new("Idempotency-Key", attempt.Alert.Key)],
                Body = JsonSerializer.SerializeToUtf8Bytes(BodyOf(attempt)),
            },
            cancellation);
        return DoorOutcome.Of(answer, door.Time);
    }

    private object BodyOf(AlertAttempt attempt)
    {
        var alert = attempt.Alert;
        var line = attempt.MayRepeat ? $"{alert.Summary} (may have been sent before: {alert.Key})" : alert.Summary;
        return options.Format switch
        {
            WebhookFormat.Discord => new { content = line.Length > DiscordCharsMax ? line[..DiscordCharsMax] : line },
            WebhookFormat.Slack => new { text = line },
            _ => new
            {
                key = alert.Key,
                monitor = alert.Monitor,
                type = alert.Type,
                subject = alert.Subject,
                cycle = alert.Cycle,
                raisedAt = alert.RaisedAt,
                summary = alert.Summary,
                html = alert.Html,
                price = alert.Price,
                mayRepeat = attempt.MayRepeat,
            },
        };
    }
}
