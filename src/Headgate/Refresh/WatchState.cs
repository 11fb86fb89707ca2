using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Dispatch;

namespace Headgate.Refresh;

/// <summary>One watch as it runs. Guarded by the scheduler's lock.</summary>
internal sealed class WatchState(Watch watch)
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(5);

    // Definitions are looked at anew when they are reloaded, secrets now and then.
    private static readonly TimeSpan PlanKept = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ItemKey, EngineTime> _askedAt = [];
    private CatalogueModel? _catalogue;
    private EngineTime _plannedAt;
    private int _failuresInRow;

    public Watch Watch { get; } = watch;

    public RequestPlan? Plan { get; private set; }

    /// <summary>What it asks for all of its items.</summary>
    public Demand? Leader { get; private set; }

    /// <summary>The interval in force.</summary>
    public TimeSpan Interval { get; set; } = watch.Interval ?? StrategyTable.Interval(watch.Priority);

    /// <summary>Nothing of it is due before this; what others fetch meanwhile puts it off further.</summary>
    public EngineTime Due { get; set; }

    public bool IsAsking { get; private set; }

    /// <summary>What it waits for although it is due.</summary>
    public string? Waiting { get; private set; }

    /// <summary>When what it waits for may have passed.</summary>
    public EngineTime LookAt { get; private set; }

    public string? Problem { get; private set; }

    public long Asks { get; private set; }

    public long Failures { get; private set; }

    public long Covered { get; set; }

    public EngineTime? LastSuccess { get; private set; }

    /// <summary>Plans it anew: definitions and secrets change while it runs. False when it cannot be asked now; then <see cref="Problem"/> says why.</summary>
    public bool TryPlan(Engine engine, EngineTime now)
    {
        try
        {
            if (Plan is not null && ReferenceEquals(_catalogue, engine.Catalogue) && now - _plannedAt < PlanKept)
            {
                return IsOn(engine, Plan);
            }

            (_catalogue, _plannedAt) = (engine.Catalogue, now);
            var (plan, request) = WatchPlanning.Plan(engine, Watch);
            if (!IsOn(engine, plan))
            {
                return false;
            }

            if (Plan is null || !ReferenceEquals(Plan.Endpoint, plan.Endpoint) || Plan.Variant != plan.Variant)
            {
                Leader = new Demand { Plan = plan, Request = request, Urgency = Urgency.Of(7), Client = RefreshScheduler.Client, IsRefresh = true };
            }

            Plan = plan;
            return true;
        }
        catch (WatchException impossible)
        {
            Problem = impossible.Message;
            Plan = null;
            return false;
        }
    }

    private bool IsOn(Engine engine, RequestPlan plan)
    {
        if (engine.Modes.Of(plan, RefreshScheduler.Client) == GateMode.On)
        {
            return true;
        }

        Problem = "Nothing is refreshed while the mode is not on.";
        Plan = null;
        return false;
    }

    public void Waits(string? limit, EngineTime lookAt) => (Waiting, LookAt) = (limit, lookAt);

    /// <summary>The items that are due, at most as many as one call takes; when none is, <see cref="Due"/> is the moment the first will be.</summary>
    public IReadOnlyList<PlannedItem> DueItems(ProviderContext provider, EngineTime now)
    {
        List<(EngineTime Since, PlannedItem Item)> due = [];
        var next = EngineTime.Never;
        foreach (var item in Plan!.Items)
        {
            var (entry, _) = EntryFinder.Find(provider.Entries, Plan.Endpoint, item.Key, default, now, default);
            var rest = entry is null ? default : WatchRest.Until(entry, Plan.Endpoint, Interval);
            if (_askedAt.TryGetValue(item.Key, out var askedAt))
            {
                // What an answer left out or memory has dropped is not asked for again at once.
                rest = EngineTime.Max(rest, askedAt + Interval);
            }

            next = EngineTime.Min(next, rest);
            if (rest <= now)
            {
                due.Add((rest, item));
            }
        }

        if (due.Count == 0)
        {
            Due = next;
            return [];
        }

        var seats = Plan.Endpoint.Batch is { } batch ? BatchPlanner.Seats(Math.Min(batch.Max, due.Count), Plan.Endpoint.Cost.For) : 1;
        return due.Count <= seats ? [.. due.Select(pair => pair.Item)] : [.. due.OrderBy(pair => pair.Since).Take(seats).Select(pair => pair.Item)];
    }

    public void Begin()
    {
        IsAsking = true;
        Asks++;
    }

    public void Succeeded(IReadOnlyList<PlannedItem> items, EngineTime askedAt, EngineTime now)
    {
        IsAsking = false;
        Problem = null;
        LastSuccess = now;
        _failuresInRow = 0;
        foreach (var item in items)
        {
            _askedAt[item.Key] = askedAt;
        }

        Due = now;
    }

    public void Failed(string because, EngineTime? retryAt, EngineTime now)
    {
        IsAsking = false;
        Problem = because;
        Failures++;
        _plannedAt = default; // a secret may have changed
        var pause = PauseMin * (1 << Math.Min(_failuresInRow++, 6));
        pause = pause > PauseMax ? PauseMax : pause;
        Due = EngineTime.Max(now + (pause > Interval ? Interval : pause), retryAt ?? default);
    }
}
