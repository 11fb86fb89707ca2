using System.Globalization;
using System.Text.Json;
using System.Xml;
using Headgate.Desk.Collectors.Planning;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Collectors.Readings;

/// <summary>Reads through the desk's door what the schedule lets be read; every outcome is a reading.</summary>
/// <param name="door">The one way to upstreams.</param>
/// <param name="schedule">How old each answer may be.</param>
internal sealed class PartReader(IDeskDoor door, CollectorSchedule schedule)
{
    /// <summary>Is it what parsers throw at an answer of another form than theirs?</summary>
    public static bool IsUnreadable(Exception problem) =>
        problem is JsonException or XmlException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException or ArgumentException;

    public async Task<Reading<T>> ReadAsync<T>(Read<T> read, CancellationToken cancellation)
        where T : class
    {
        var now = door.Time.GetUtcNow();
        if (schedule.Of(read.Wish.Name).Problem is { } problem)
        {
            return Reading<T>.None(read.Item, read.Ask.Provider, problem);
        }

        DeskAnswer answer;
        try
        {
            answer = await door.AskAsync(read.Ask with { Ttl = schedule.AgeMax(read.Wish, now) }, cancellation);
        }
        catch (ArgumentException unknown)
        {
            // A reload of the catalogue may have taken the provider away since it was planned.
            return Reading<T>.None(read.Item, read.Ask.Provider, unknown.Message);
        }

        return answer.IsData ? Parsed(read, answer, door.Time.GetUtcNow()) : Reading<T>.None(read.Item, read.Ask.Provider, Why(answer));
    }

    private static Reading<T> Parsed<T>(Read<T> read, DeskAnswer answer, DateTimeOffset now)
        where T : class
    {
        string absent;
        try
        {
            if (read.Parse(answer.Body) is { } value)
            {
                return new Reading<T>(
                    read.Item, read.Ask.Provider, answer.IsStale ? ReadingState.Stale : ReadingState.Fresh, value, now - answer.Age, answer.IsStale ? $"nothing newer could be had ({answer.Reason ?? "refused"})" : null);
            }

            absent = "the answer holds no value";
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            absent = $"the answer cannot be read: {unreadable.Message}";
        }

        return Reading<T>.None(read.Item, read.Ask.Provider, absent);
    }

    private static string Why(DeskAnswer answer) => answer.Refusal is { } refusal
        ? answer.RetryAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"{refusal.Detail} Again at {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.") : refusal.Detail
        : string.Create(CultureInfo.InvariantCulture, $"the upstream answered {answer.Status}");
}
