using Headgate.Desk.Collectors.Planning;
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
        IReadOnlyList<IReading> readings = [.. part.All.Select(reading => AsOf(collector.Schedule, wishes, reading, now))];
        return new PartStatus(
            part.Name,
            PartStates.Of(readings),
            [.. part.All.Select(static reading => reading.Source).Where(static source => source.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            now - part.All.Min(static reading => reading.At),
            Reason(readings),
            Next(collector, part, wishes, now),
            [
                .. wishes.Select(wish => (wish.Name, Plan: collector.Schedule.Of(wish.Name))).Where(static read => read.Plan.StretchedFor is not null)
                    .Select(static read => new StretchedRead(read.Name, read.Plan.Wanted, read.Plan.Interval, read.Plan.StretchPercent, read.Plan.StretchedFor!)),
            ],
            readings);
    }

    // What was fresh when it was collected, perhaps by an earlier process, is not for ever.
    private static IReading AsOf(CollectorSchedule schedule, IReadOnlyList<ReadWish> wishes, IReading reading, DateTimeOffset now) =>
        reading is { State: ReadingState.Fresh, At: { } at } && WishesOf(wishes, reading) is { Count: > 0 } own && own.All(wish => schedule.IsOverdue(wish, at, now))
            ? reading.AsStale("it is older than its schedule allows, and nothing newer has been read")
            : reading;

    // What several readings come from has none of its own name: the values of a part are what is wanted most often of it.
    private static IReadOnlyList<ReadWish> WishesOf(IReadOnlyList<ReadWish> wishes, IReading reading) =>
        wishes.FirstOrDefault(wish => string.Equals(wish.Item, reading.Item, StringComparison.Ordinal)) is { } own
            ? [own]
            : [.. wishes.Where(wish => wish.Every == wishes.Min(static any => any.Every))];

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
