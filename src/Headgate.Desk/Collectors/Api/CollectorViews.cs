using Headgate.Desk.Collectors.Readings;

namespace Headgate.Desk.Collectors.Api;

/// <summary>A reading. Instants in UTC.</summary>
internal sealed record ReadingView(string Item, string State, string? Source, DateTime? At, decimal? AgeSeconds, string? Reason, object? Value)
{
    public static ReadingView Of(IReading reading, DateTimeOffset now) => new(
        reading.Item,
        Words.Of(reading.State),
        reading.Source.Length == 0 ? null : reading.Source,
        reading.At?.UtcDateTime,
        Words.Seconds(now - reading.At),
        reading.Reason,
        reading.Data);
}

/// <summary>An interval that a budget could not carry.</summary>
internal sealed record StretchedView(string Name, decimal WantedSeconds, decimal IntervalSeconds, int StretchPercent, string Limit)
{
    public static StretchedView Of(StretchedRead read) => new(read.Name, Words.Seconds(read.Wanted)!.Value, Words.Seconds(read.Interval)!.Value, read.StretchPercent, read.Limit);
}

/// <summary>A part of the last collection.</summary>
internal sealed record PartView(
    string State, IReadOnlyList<string> Sources, decimal? AgeSeconds, string? Reason, DateTime? NextRun, IReadOnlyList<StretchedView> Stretched, IReadOnlyList<ReadingView> Items)
{
    public static PartView Of(PartStatus part, DateTimeOffset now) => new(
        Words.Of(part.State), part.Sources, Words.Seconds(part.Age), part.Reason, part.NextRun?.UtcDateTime, [.. part.Stretched.Select(StretchedView.Of)], [.. part.Items.Select(reading => ReadingView.Of(reading, now))]);
}

/// <summary>The last collection, parts by the names the replaced collector's result had.</summary>
/// <param name="Running">Whether a collector runs in this gate.</param>
/// <param name="CollectionTimestamp">When the last collection began; null before the first.</param>
/// <param name="NextRun">When the next one begins; null where none runs.</param>
/// <param name="Problem">Why the last one could not be kept, or null.</param>
/// <param name="Parts">Its parts.</param>
internal sealed record CollectorView(bool Running, DateTime? CollectionTimestamp, DateTime? NextRun, string? Problem, IReadOnlyDictionary<string, PartView> Parts)
{
    public static CollectorView None { get; } = new(false, null, null, null, new Dictionary<string, PartView>(StringComparer.Ordinal));

    public static CollectorView Of(CollectorStatus status, DateTimeOffset now) => new(
        true, status.Last?.At.UtcDateTime, status.NextRun.UtcDateTime, status.Problem, status.Parts.ToDictionary(static part => part.Name, part => PartView.Of(part, now), StringComparer.Ordinal));
}
