using Headgate.Desk.Alerts;
using Headgate.Desk.Collectors.Health;
using Headgate.Desk.Collectors.Planning;
using Headgate.Desk.Doors;
using Headgate.Markets;

namespace Headgate.Desk.Collectors;

/// <summary>Collects at once when it starts, then at whole multiples of the cycle, and keeps the last collection.</summary>
/// <remarks>One run at a time; <see cref="Status"/> may be called from anywhere.</remarks>
public sealed class CollectorHost
{
    private readonly Collector _collector;
    private readonly TimeProvider _time;
    private readonly CollectionStore _store;
    private readonly PhaseDurations _phases;
    private readonly Action<Collection>? _collected;
    private volatile Collection? _last;
    private volatile string? _problem;

    /// <param name="door">The way to the upstreams.</param>
    /// <param name="planner">How often the budgets let each source be read.</param>
    /// <param name="records">Where the last collection is kept.</param>
    /// <param name="options">What is collected.</param>
    /// <param name="phases">Told how long phases take; null keeps the figures to itself.</param>
    /// <param name="collected">Told of every collection, after it is durable.</param>
    public CollectorHost(IDeskDoor door, IReadPlanner planner, IRecordStore records, CollectorOptions options, PhaseDurations? phases = null, Action<Collection>? collected = null)
    {
        _phases = phases ?? new PhaseDurations();
        _time = door.Time;
        _store = new CollectionStore(records);
        _collected = collected;
        _collector = new Collector(door, planner, options, _phases, MarketCalendars.Shipped);
    }

    /// <summary>What was collected last, also by an earlier process, and what comes next.</summary>
    public CollectorStatus Status()
    {
        var now = _time.GetUtcNow();
        return new CollectorStatus(_last, _collector.Schedule.Ceiling(now), CollectorReports.Parts(_collector, _last, now), _problem);
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            _last ??= await _store.LoadAsync(cancellation);
            while (true)
            {
                await CollectAsync(cancellation);
                var now = _time.GetUtcNow();
                await new Pause().WaitAsync(_collector.Schedule.Ceiling(now) - now, _time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Its end was asked for.
        }
    }

    /// <summary>One collection now.</summary>
    public async Task<Collection> CollectAsync(CancellationToken cancellation)
    {
        var collection = await _collector.CollectAsync(_time.GetUtcNow(), cancellation);
        _last = collection;
        var began = _time.GetTimestamp();
        try
        {
            await _store.PutAsync(collection, cancellation);
            _problem = null;
        }
        catch (IOException full)
        {
            // What was read is shown all the same; the next cycle tries again.
            _problem = $"the collection could not be kept: {full.Message}";
        }

        _phases.Add(PhaseDurations.Persist, _time.GetElapsedTime(began));
        _collected?.Invoke(collection);
        return collection;
    }
}
