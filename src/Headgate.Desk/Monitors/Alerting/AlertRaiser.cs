using System.Collections.Concurrent;
using Headgate.Desk.Alerts;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Monitors.Alerting;

/// <summary>Between a monitor that found something and the desk that delivers it: cooldowns, and all alerts of a cycle side by side. Thread-safe.</summary>
/// <remarks>
/// A cooldown begins when a person has the alert. Until then the alert waits in the desk's durable outbox, from which it will arrive; so while one waits, no
/// second of the same cooldown joins it.
/// </remarks>
public sealed class AlertRaiser(IAlertDesk desk, CooldownLedger cooldowns)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _waiting = new(StringComparer.Ordinal);

    /// <summary>May an alert of this cooldown be raised in this cycle?</summary>
    public async ValueTask<bool> IsReadyAsync(string cooldown, string subject, TimeSpan length, DateTimeOffset cycle, CancellationToken cancellation)
    {
        var isWaiting = _waiting.TryGetValue($"{cooldown}|{subject}", out var raised) && raised != cycle && cycle - raised < length;
        return !isWaiting && await cooldowns.IsReadyAsync(cooldown, subject, length, cycle, cancellation);
    }

    /// <summary>Raises them all; one that fails harms no other.</summary>
    /// <returns>How many a person has, and how many could not even be made durable.</returns>
    public async ValueTask<(int Sent, int Failed)> RaiseAsync(IReadOnlyList<Alert> alerts, CancellationToken cancellation)
    {
        var outcomes = await Together.AllAsync([.. alerts.Select(alert => RaiseAsync(alert, cancellation))]);
        return (outcomes.Count(static outcome => outcome == true), outcomes.Count(static outcome => outcome is null));
    }

    private async Task<bool?> RaiseAsync(Alert alert, CancellationToken cancellation)
    {
        var key = $"{alert.Cooldown}|{alert.Subject}";
        try
        {
            if (!await desk.RaiseAsync(alert, cancellation))
            {
                if (alert.Cooldown is not null)
                {
                    _waiting[key] = alert.Cycle;
                }

                return false;
            }

            if (alert.Cooldown is { } cooldown)
            {
                _waiting.TryRemove(key, out _);
                await cooldowns.RecordAsync(cooldown, alert.Subject, alert.Cycle, cancellation);
            }

            return true;
        }
        catch (IOException)
        {
            // Not durable, so not sent: the next cycle finds it again, for nothing has begun its cooldown.
            return null;
        }
    }
}
