using Headgate.Budgets;
using Headgate.Catalogue;

namespace Headgate.Dispatch;

/// <summary>Everything that waits at one provider, in groups that spend the same limits. Guarded by the dispatcher's lock.</summary>
internal sealed class WorkQueue
{
    private readonly Dictionary<string, WorkGroup> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EndpointHealth> _health = new(StringComparer.Ordinal);
    private readonly BudgetBook _budgets;
    private readonly TimeSpan _linger;
    private long _sequence;

    public WorkQueue(BudgetBook budgets, TimeSpan linger)
    {
        _budgets = budgets;
        _linger = linger;
    }

    /// <summary>Groups, some of which may be empty.</summary>
    public IEnumerable<WorkGroup> Groups => _groups.Values;

    /// <summary>Pieces of work waiting.</summary>
    public int Count { get; private set; }

    /// <summary>Where work of this plan waits.</summary>
    public WorkGroup GroupOf(RequestPlan plan, bool batches)
    {
        var endpoint = plan.Endpoint;
        // A request that passes through as it stands spends what all it names cost.
        var itemsEach = batches || endpoint.Batch is null ? 1 : Math.Max(1, plan.Items.Count);
        var key = batches
            ? $"{plan.Provider.BaseUrl.Authority} {endpoint.Id} {plan.Variant.Path}?{plan.Variant.FixedQuery} {plan.Variant.Credential.High:x}{plan.Variant.Credential.Low:x}"
            : $"{endpoint.Id} {itemsEach} {string.Join(' ', plan.LimitKeys)}";
        if (_groups.TryGetValue(key, out var group))
        {
            if (ReferenceEquals(group.Endpoint, endpoint))
            {
                return group;
            }

            // A reload replaced the endpoint's model: what waits keeps the model it was planned by.
            _groups.Remove(key);
            _groups.Add($"{key} until {_sequence}", group);
        }

        group = new WorkGroup(key, endpoint, batches ? plan.Variant : null, itemsEach, _budgets.StatesOf(endpoint, plan.LimitKeys), HealthOf(endpoint));
        _groups.Add(key, group);
        return group;
    }

    /// <summary>Every endpoint asked so far, in order of name, and how it does.</summary>
    public IEnumerable<KeyValuePair<string, EndpointHealth>> Health => _health.OrderBy(static pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Is the endpoint's breaker open, with no probe due? Then whoever asks is answered at once.</summary>
    public bool IsShut(EndpointModel endpoint, EngineTime now) => _health.TryGetValue(endpoint.Id, out var health) && !health.Breaker.Allows(now);

    public void Add(Work work, EngineTime now)
    {
        work.Sequence = ++_sequence;
        var group = work.Group;
        if (work.Urgency.IsUrgent)
        {
            group.LingerUntil = default;
        }
        else if (group.Queue.Count == 0)
        {
            // Only the first arrival starts the linger, so that a trickle cannot put a call off for ever.
            group.LingerUntil = now + _linger;
        }

        Reopen(group);
        group.Queue.Add(work);
        Count++;
    }

    /// <summary>Puts work back at its place for another attempt.</summary>
    public void Return(Work work)
    {
        Reopen(work.Group);
        work.State = WorkState.Queued;
        work.SentAt = EngineTime.Never;
        work.Group.Insert(work);
        Count++;
    }

    public void Remove(Work work)
    {
        if (work.Group.Queue.Remove(work))
        {
            Count--;
        }
    }

    /// <summary>Takes out everything for which the condition holds.</summary>
    public IReadOnlyList<Work> Take(Func<WorkGroup, Work, bool> condition)
    {
        List<Work> taken = [];
        foreach (var group in _groups.Values)
        {
            taken.AddRange(group.Queue.Where(work => condition(group, work)));
        }

        taken.ForEach(Remove);
        return taken;
    }

    /// <summary>Forgets groups in which nothing waits; one per query string would otherwise pile up.</summary>
    public void Sweep()
    {
        foreach (var (key, group) in _groups)
        {
            if (group.Queue.Count == 0)
            {
                _groups.Remove(key);
            }
        }
    }

    private void Reopen(WorkGroup group)
    {
        // Swept while its call was under way; another of the same key may have opened since, and the two wait side by side.
        if (!_groups.TryGetValue(group.Key, out var current))
        {
            _groups.Add(group.Key, group);
        }
        else if (!ReferenceEquals(current, group))
        {
            _groups.TryAdd($"{group.Key} again {_sequence}", group);
        }
    }

    private EndpointHealth HealthOf(EndpointModel endpoint)
    {
        if (!_health.TryGetValue(endpoint.Id, out var health))
        {
            health = new EndpointHealth();
            _health.Add(endpoint.Id, health);
        }

        return health;
    }
}
