using System.Globalization;
using System.Text.Json;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Alerts.Channels;

/// <summary>What an answer through the door says about a message.</summary>
internal static class DoorOutcome
{
    public static ChannelOutcome Of(DeskAnswer answer, TimeProvider time)
    {
        if (answer.Refusal is { } refusal)
        {
            // What the gate refused by itself never went out; for everything it says of the upstream the message may have arrived.
            var verdict = refusal.Kind is RefusalKind.OutcomeUnknown or RefusalKind.UpstreamUnusable or RefusalKind.UpstreamTimeout
                ? ChannelVerdict.Uncertain
                : ChannelVerdict.Unavailable;
            return new ChannelOutcome(verdict, refusal.Detail, answer.RetryAt);
        }

        return answer.Status switch
        {
            >= 200 and < 300 => ChannelOutcome.Sent,
            429 => new ChannelOutcome(ChannelVerdict.Unavailable, Told(answer), RetryAt(answer, time)),
            // A server that failed may have done the work before it did.
            >= 500 => new ChannelOutcome(ChannelVerdict.Uncertain, Told(answer), RetryAt(answer, time)),
            401 or 403 or 404 => new ChannelOutcome(ChannelVerdict.Unavailable, Told(answer)),
            _ => new ChannelOutcome(ChannelVerdict.Refused, Told(answer)),
        };
    }

    private static string Told(DeskAnswer answer) => string.Create(CultureInfo.InvariantCulture, $"the service answered {answer.Status}");

    // Retry-After in seconds or as a date (RFC 9110 §10.2.3); Telegram also says parameters.retry_after in the body.
    private static DateTimeOffset? RetryAt(DeskAnswer answer, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var header = answer.Headers.FirstOrDefault(static header => string.Equals(header.Name, "Retry-After", StringComparison.OrdinalIgnoreCase)).Value;
        if (header is not null)
        {
            if (int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return now.AddSeconds(seconds);
            }

            if (DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            {
                return date;
            }
        }

        return answer.RetryAt ?? InBody(answer.Body, now);
    }

    private static DateTimeOffset? InBody(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object
                && parameters.TryGetProperty("retry_after", out var after) && after.TryGetInt32(out var seconds)
                ? now.AddSeconds(seconds)
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
