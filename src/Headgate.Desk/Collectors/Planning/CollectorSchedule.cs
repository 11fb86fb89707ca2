using Headgate.Desk.Collectors.Readings;
using Headgate.Markets;

namespace Headgate.Desk.Collectors.Planning;

/// <summary>When what is read is read again: its planned interval in whole cycles, and once after the close of its market.</summary>
/// <remarks>It has no timer: a cycle asks for everything, and how old an answer may be decides whether the gate makes a call.</remarks>
/// <param name="planner">How often the budgets let each be read.</param>
/// <param name="cycle">Time between two cycles.</param>
/// <param name="calendars">Sessions of markets.</param>
internal sealed class CollectorSchedule(IReadPlanner planner, TimeSpan cycle, MarketCalendars calendars)
{
    /// <summary>Definitions, secrets and other watches change while it runs.</summary>
    private static readonly TimeSpan PlanKept = TimeSpan.FromMinutes(5);

    private static readonly PlannedRead Unknown = new(TimeSpan.Zero, TimeSpan.Zero, 100, null, "it is not planned");

    private IReadOnlyDictionary<string, PlannedRead> _plans = new Dictionary<string, PlannedRead>(StringComparer.Ordinal);
    private DateTimeOffset _plannedAt;

    /// <summary>Plans anew what was planned too long ago.</summary>
    public void Update(IReadOnlyList<ReadWish> wishes, DateTimeOffset now)
    {
        if (_plans.Count > 0 && now - _plannedAt < PlanKept)
        {
            return;
        }

        _plannedAt = now;
        _plans = planner.Plan(wishes).ToDictionary(static plan => plan.Key, plan => plan.Value with { Interval = InCycles(plan.Value.Interval) }, StringComparer.Ordinal);
    }

    public PlannedRead Of(string name) => _plans.GetValueOrDefault(name, Unknown);

    /// <summary>How old an answer may be now. Half a cycle less than the interval, so that a call which left a moment after its cycle began is due with the cycle all the same.</summary>
    public TimeSpan AgeMax(ReadWish wish, DateTimeOffset now) =>
        Closed(wish.Market, now) is { } calendar ? now - calendar.PreviousClose(now) : Of(wish.Name).Interval - (cycle / 2);

    /// <summary>Was what was read then too old a whole cycle ago already, so that a cycle which ran would have read it again?</summary>
    public bool IsOverdue(ReadWish wish, DateTimeOffset readAt, DateTimeOffset now) => now - cycle - readAt > AgeMax(wish, now - cycle);

    /// <summary>When what was read then is read again at the earliest.</summary>
    public DateTimeOffset Next(ReadWish wish, DateTimeOffset? readAt, DateTimeOffset now)
    {
        if (Closed(wish.Market, now) is { } calendar && readAt >= calendar.PreviousClose(now))
        {
            return calendar.NextOpen(now);
        }

        var due = readAt is { } at ? at + AgeMax(wish, now) : now;
        return Ceiling(due > now ? due : now);
    }

    /// <summary>The first cycle after a moment.</summary>
    public DateTimeOffset Ceiling(DateTimeOffset moment) => moment.AddTicks(cycle.Ticks - (moment.UtcTicks % cycle.Ticks));

    private MarketCalendar? Closed(string? market, DateTimeOffset now) =>
        market is not null && calendars.Find(market) is { } calendar && !calendar.IsOpen(now) ? calendar : null;

    private TimeSpan InCycles(TimeSpan interval) => cycle * Math.Max(1, Math.Ceiling(interval / cycle));
}
