using System.Text;

namespace Headgate.Desk.Monitors.Alerting;

/// <summary>When each kind of alert was last sent about a subject. Durable; thread-safe.</summary>
/// <remarks>
/// Times are scheduled starts of cycles, so that neither a slow upstream nor a slow messenger shifts a cooldown over the next cycle. An entry is written after a
/// successful send (with the delivery itself, <see cref="RecordOf"/>), and kept for the longest cooldown at least.
/// </remarks>
public sealed class CooldownLedger(IRecordStore records)
{
    private const string Kind = "desk.cooldown";

    /// <summary>The record that begins a cooldown.</summary>
    /// <param name="cooldown">Name of the cooldown: an alert's type, or what several types share.</param>
    /// <param name="subject">Whom the alert concerned.</param>
    /// <param name="cycle">Scheduled start of the cycle that found it.</param>
    public static StoredRecord RecordOf(string cooldown, string subject, DateTimeOffset cycle) =>
        new(Kind, $"{cooldown}|{subject}", cycle, Encoding.UTF8.GetBytes("{}"));

    /// <summary>The last time, or null.</summary>
    public async ValueTask<DateTimeOffset?> LastAsync(string cooldown, string subject, CancellationToken cancellation) =>
        (await records.GetAsync(Kind, $"{cooldown}|{subject}", cancellation))?.At;

    /// <summary>Has the cooldown passed at this cycle? A cycle run again is not kept back by itself.</summary>
    public async ValueTask<bool> IsReadyAsync(string cooldown, string subject, TimeSpan length, DateTimeOffset cycle, CancellationToken cancellation) =>
        await LastAsync(cooldown, subject, cancellation) is not { } last || last == cycle || cycle - last >= length;

    /// <summary>Begins a cooldown; one that began later stays.</summary>
    public async ValueTask RecordAsync(string cooldown, string subject, DateTimeOffset cycle, CancellationToken cancellation)
    {
        if (await LastAsync(cooldown, subject, cancellation) is not { } last || last < cycle)
        {
            await records.PutAsync([RecordOf(cooldown, subject, cycle)], cancellation);
        }
    }

    /// <summary>Deletes entries that began before an instant. Callers keep the longest cooldown: the original kept 60 minutes and forgot its day-long rules.</summary>
    public async ValueTask PurgeAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        foreach (var old in await records.QueryAsync(new RecordQuery(Kind) { Before = before, Max = 10_000 }, cancellation))
        {
            await records.DeleteAsync(Kind, old.Id, cancellation);
        }
    }
}
