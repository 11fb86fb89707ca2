using System.Text;
using Headgate.Desk.Alerts;
using Headgate.Desk.Monitors.Hosting;

namespace Headgate.Desk.Monitors.Alerting;

/// <summary>The day's alerts about a subject as arrows, for the next message about it. Durable; thread-safe.</summary>
public sealed class DayTrail(IRecordStore records)
{
    internal const string Kind = "desk.trail";
    private const int ArrowsMax = 40;

    /// <summary>Arrows with their times, oldest first; empty when there was none.</summary>
    public async ValueTask<string> OfAsync(string subject, DateOnly day, CancellationToken cancellation) =>
        string.Join(' ', (await ReadAsync(subject, day, cancellation)).TakeLast(10).Select(static entry => entry.Split('|')[0]));

    /// <summary>Adds an alert's arrow; the same alert adds none twice.</summary>
    public async ValueTask AddAsync(Alert alert, bool isRise, CancellationToken cancellation)
    {
        var day = Ist.DayOf(alert.Cycle);
        var entries = await ReadAsync(alert.Subject, day, cancellation);
        var entry = FormattableString.Invariant($"{(isRise ? '▲' : '▼')}{Ist.TimeOf(alert.Cycle):HH:mm}|{alert.Type}");
        if (!entries.Contains(entry, StringComparer.Ordinal))
        {
            var text = string.Join('\n', entries.Append(entry).TakeLast(ArrowsMax));
            await records.PutAsync([new StoredRecord(Kind, IdOf(alert.Subject, day), Ist.At(day, TimeOnly.MinValue), Encoding.UTF8.GetBytes(text))], cancellation);
        }
    }

    private static string IdOf(string subject, DateOnly day) => FormattableString.Invariant($"{day:yyyy-MM-dd}|{subject}");

    private async ValueTask<IReadOnlyList<string>> ReadAsync(string subject, DateOnly day, CancellationToken cancellation) =>
        await records.GetAsync(Kind, IdOf(subject, day), cancellation) is { } record
            ? Encoding.UTF8.GetString(record.Content.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : [];
}
