using Headgate.Desk.Alerts;
using Headgate.Desk.Doors;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Desk.Monitors.Starting;

/// <summary>What is checked before the monitors run: somebody to tell, and a session with Kite that lives.</summary>
/// <remarks>
/// Kite flushes access tokens each morning about 06:00 IST (Kite Connect docs, user, read 2026-11-20: "valid until 6 AM the next day"), whenever they were made;
/// the replaced system counted 24 hours. The token is proven by the connection test, <c>GET /user/profile</c>.
/// </remarks>
/// <param name="door">Where the test goes.</param>
/// <param name="alerts">Who tells that the token is not valid; null where nobody can be told.</param>
/// <param name="hasTelegram">Are token and chat configured?</param>
/// <param name="options">Which source, which provider.</param>
/// <param name="log">Null logs nothing.</param>
public sealed class StartCheck(IDeskDoor door, IAlertDesk? alerts, bool hasTelegram, DeskMonitorOptions options, ILogger? log = null)
{
    private static readonly TimeOnly Flush = new(6, 0);
    private static readonly TimeSpan WarnWithin = TimeSpan.FromHours(2);

    private readonly ILogger _log = log ?? NullLogger.Instance;

    /// <summary>Checks once; a notice about an invalid token is raised once per date.</summary>
    public async ValueTask<StartVerdict> RunAsync(CancellationToken cancellation)
    {
        if (!hasTelegram)
        {
            return Stop("Telegram is not configured: set TELEGRAM_BOT_TOKEN and TELEGRAM_CHAT_ID.");
        }

        if (options.Source is not "kite")
        {
            return new StartVerdict(0, null, []);
        }

        var answer = await door.AskAsync(
            new DeskAsk(options.Kite.Provider, "/user/profile") { Client = "desk_start", MaxAge = TimeSpan.Zero, Deadline = TimeSpan.FromSeconds(15) }, cancellation);
        if (IsInvalid(answer))
        {
            await NoticeAsync(cancellation);
            return Stop("The Kite token is not valid: log in again and set KITE_AUTHORIZATION.");
        }

        List<string> warnings = [];
        if (!answer.IsData)
        {
            warnings.Add(FormattableString.Invariant($"The Kite token could not be tested ({answer.Refusal?.Detail ?? $"the upstream answered {answer.Status}"}); the monitors start all the same."));
        }

        if (UntilFlush(door.Time.GetUtcNow()) is var left && left < WarnWithin)
        {
            warnings.Add(FormattableString.Invariant($"The Kite token ends in {left.TotalMinutes:0} minutes, at 06:00 IST."));
        }

        foreach (var warning in warnings)
        {
            MonitorLog.StartWarning(_log, warning);
        }

        return new StartVerdict(0, null, warnings);
    }

    /// <summary>How long a token that is valid now remains so.</summary>
    internal static TimeSpan UntilFlush(DateTimeOffset now)
    {
        var today = Ist.At(Ist.DayOf(now), Flush);
        return (today > now ? today : today.AddDays(1)) - now;
    }

    // A credential that was refused repeatedly is closed by the gate itself; that says the same.
    private static bool IsInvalid(DeskAnswer answer) => answer.Status is 401 or 403 || answer.Refusal?.Kind == RefusalKind.CredentialClosed;

    private StartVerdict Stop(string problem)
    {
        MonitorLog.StartStopped(_log, problem);
        return new StartVerdict(1, problem, []);
    }

    private async ValueTask NoticeAsync(CancellationToken cancellation)
    {
        if (alerts is null)
        {
            return;
        }

        var now = door.Time.GetUtcNow();
        await alerts.RaiseAsync(
            new Alert("desk", "token_invalid", "KITE", Ist.At(Ist.DayOf(now), TimeOnly.MinValue), now)
            {
                Html = new MessageText().Headline("🔑 The Kite token is not valid").Line("The monitors have not started. Log in again and set the new token.").ToString(),
                Summary = "The Kite token is not valid; the monitors have not started",
            },
            cancellation);
    }
}
