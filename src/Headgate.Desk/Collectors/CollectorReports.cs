using Headgate.Desk.Collectors.Readings;

namespace Headgate.Desk.Collectors;

/// <summary>Tells how the parts of a collection stand. Asks nothing.</summary>
internal static class CollectorReports
{
    private const int ReasonsMax = 3;

    public static IReadOnlyList<PartStatus> Parts(Collector collector, Collection? last, DateTimeOffset now) =>
        last is null ? [] : [.. last.Parts.Select(part => Of(collector, part, now))];

    private static PartStatus Of(Collector collector, ICollectedPart part, DateTimeOffset now)
    {
        IReadOnlyList<ReadWish> wishes = [.. collector.Wishes.Where(wish => string.Equals(wish.Part, part.Name, StringComparison.Ordinal))];
        return new PartStatus(
            part.Name,
            part.State,
            [.. part.All.Select(static reading => reading.Source).Where(static source => source.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            now - part.All.Min(static reading => reading.At),
            Reason(part.All),
            Next(collector, part, wishes, now),
            [
                .. wishes.Select(wish => (wish.Name, Plan: collector.Schedule.Of(wish.Name))).Where(static read => read.Plan.StretchedFor is not null)
                    .Select(static read => new StretchedRead(read.Name, read.Plan.Wanted, read.Plan.Interval, read.Plan.StretchPercent, read.Plan.StretchedFor!)),
            ],
            part.All);
    }

    private static DateTimeOffset? Next(Collector collector, ICollectedPart part, IReadOnlyList<ReadWish> wishes, DateTimeOffset now)
    {
        var oldest = part.All.Min(static reading => reading.At);
        DateTimeOffset? next = null;
        foreach (var wish in wishes.Where(wish => collector.Schedule.Of(wish.Name).Problem is null))
        {
            // What several readings come from has none of its own name.
            var readAt = part.All.FirstOrDefault(reading => string.Equals(reading.Item, wish.Item, StringComparison.Ordinal)) is { } own ? own.At : oldest;
            var due = collector.Schedule.Next(wish, readAt, now);
            next = next < due ? next : due;
        }

        return next;
    }

    private static string? Reason(IReadOnlyList<IReading> readings)
    {
        List<string> reasons = [.. readings.Where(static reading => reading.Reason is not null).Select(static reading => $"{reading.Item}: {reading.Reason}")];
        return reasons.Count == 0 ? null : string.Join("; ", reasons.Take(ReasonsMax)) + (reasons.Count > ReasonsMax ? $"; and {reasons.Count - ReasonsMax} more" : "");
    }
}
