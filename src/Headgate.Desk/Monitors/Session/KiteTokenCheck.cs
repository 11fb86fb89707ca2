using System.Globalization;
using System.Text.Json;
using Headgate.Desk.Alerts;
using Headgate.Desk.Doors;
using Headgate.Desk.Monitors.Hosting;

namespace Headgate.Desk.Monitors.Session;

/// <summary>Asks Kite whether the access token is good (<c>GET /user/profile</c>) before monitors start.</summary>
public sealed class KiteTokenCheck(IDeskDoor door, string provider = "kite")
{
    /// <summary>Asks. An upstream that cannot be reached is no verdict on the token.</summary>
    public async ValueTask<KiteToken> AskAsync(CancellationToken cancellation)
    {
        var answer = await door.AskAsync(new DeskAsk(provider, "/user/profile") { Client = "startup", Urgency = 1, MaxAge = TimeSpan.Zero }, cancellation);
        var flush = KiteToken.NextFlush(door.Time.GetUtcNow());
        return answer switch
        {
            { IsData: true } => new KiteToken(KiteTokenState.Valid, flush, "connected to Kite"),
            { Refusal.Kind: RefusalKind.CredentialClosed } => new KiteToken(KiteTokenState.Invalid, flush, answer.Refusal!.Detail),
            { Refusal: { } refusal } => new KiteToken(KiteTokenState.Unknown, flush, refusal.Detail),
            { Status: 401 or 403 } => new KiteToken(KiteTokenState.Invalid, flush, Told(answer)),
            _ => new KiteToken(KiteTokenState.Unknown, flush, string.Create(CultureInfo.InvariantCulture, $"Kite answered {answer.Status}")),
        };
    }

    /// <summary>The one notice of a token that Kite refused: one per day, however often the desk is started.</summary>
    public static Alert Notice(KiteToken token, DateTimeOffset now) => new("desk", "kite_token", "KITE", Ist.At(Ist.DayOf(now), TimeOnly.MinValue), now)
    {
        Html = $"{AlertHtml.Bold("KITE TOKEN INVALID")}\n{AlertHtml.Escape(token.Why)}\nThe monitors are stopped. Log in to Kite, renew KITE_AUTHORIZATION and start again.",
        Summary = $"Kite refused the access token: {token.Why}",
    };

    private static string Told(DeskAnswer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            return json.RootElement.TryGetProperty("message", out var message) && message.GetString() is { Length: > 0 and < 300 } text ? text : "the token was refused";
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return "the token was refused";
        }
    }
}
