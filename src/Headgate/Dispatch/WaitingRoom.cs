using Headgate.Budgets;
using Headgate.Flights;

namespace Headgate.Dispatch;

/// <summary>What waits at one provider, what is in flight and what it spends: the state behind the provider's one lock, and the pump that starts what may go.</summary>
/// <remarks>Members that end in <c>NeedsLock</c>, and everything of <see cref="Queue"/>, <see cref="Flights"/> and <see cref="Budgets"/>, are for who holds <see cref="Gate"/>; calls run outside it.</remarks>
internal sealed class WaitingRoom : IDisposable
{
    private readonly Func<long> _nextChargeId;
    private readonly CallPicker _picker;
    private readonly PumpTimer _timer;

    public WaitingRoom(EngineOptions options, EngineClock clock, BudgetBook budgets, Func<long> nextChargeId, Action<PlannedCall> start)
    {
        Clock = clock;
        Budgets = budgets;
        Start = start;
        Queue = new WorkQueue(budgets, options.Linger);
        QueueRefusals = new QueueRefusals(Queue, options, clock);
        _nextChargeId = nextChargeId;
        _picker = new CallPicker(Queue, options.AgeStep);
        _timer = new PumpTimer(Gate, clock, Pump);
    }

    /// <summary>Nobody waits for it any longer.</summary>
    public static Refusal Abandoned { get; } = new(RefusalKind.Limited, 429, "Nobody waits any longer.", null, null);

    /// <summary>The gate is stopping.</summary>
    public static Refusal Stopping { get; } = new(RefusalKind.Offline, 503, "The gate is stopping; ask again when it is back.", null, null);

    /// <summary>The provider's one lock.</summary>
    public Lock Gate { get; } = new();

    public EngineClock Clock { get; }

    public BudgetBook Budgets { get; }

    public WorkQueue Queue { get; }

    public QueueRefusals QueueRefusals { get; }

    public FlightTable Flights { get; } = new();

    /// <summary>Sends a planned call; called without the lock.</summary>
    public Action<PlannedCall> Start { get; }

    /// <summary>Fills seats that a call has to spare; null while nothing is watched.</summary>
    public SeatFiller? SpareSeats { get; set; }

    /// <summary>Nothing more is started.</summary>
    public bool IsStopped { get; set; }

    /// <summary>Starts every call that may go now and sets the timer for the next.</summary>
    public void Pump()
    {
        List<PlannedCall>? calls = null;
        lock (Gate)
        {
            if (IsStopped || Queue.Count == 0)
            {
                return;
            }

            var now = Clock.Now;
            RefuseNeedsLock(Queue.Take((group, work) => work.IsTooLate(now, group.Health.RoundTrip)));
            while (_picker.Next(now) is { } picked)
            {
                (calls ??= []).Add(PlanNeedsLock(picked, now));
            }

            Queue.Sweep();
            _timer.ArmNeedsLock(Queue, now);
        }

        foreach (var call in calls ?? [])
        {
            if (call.Forward is { Reserves: true } reserved)
            {
                reserved.Waiter.Landed();
                continue;
            }

            Start(call);
        }
    }

    /// <summary>Takes the permits of a call that goes now, fills its spare seats and spreads the word of its breaker.</summary>
    public PlannedCall PlanNeedsLock(IReadOnlyList<Work> works, EngineTime now)
    {
        var group = works[0].Group;
        group.Health.Breaker.Sending();
        EndShutNeedsLock(group, now);
        works = SpareSeats?.Fill(works, Flights, now) ?? works;
        if (works[0] is not ForwardWork { Reserves: true })
        {
            var isBackground = works.All(static work => work.Urgency.IsBackground);
            foreach (var limit in group.Limits)
            {
                limit.Usage.Add(limit.Model, group.Spends(limit, works.Count), isBackground, now);
            }
        }

        var lease = Budgets.Take(_nextChargeId(), group.Endpoint, group.Limits, works.Count * group.ItemsEach, now);
        var call = new PlannedCall(group, lease, works);
        if (call.Forward is { Reserves: true } reserved)
        {
            reserved.Held = call;
            reserved.Probes = group.Health.Breaker.IsOpen;
        }

        return call;
    }

    /// <summary>Ends work that cannot be sent in time, each with when it could.</summary>
    public void RefuseNeedsLock(IReadOnlyList<Work> works)
    {
        foreach (var work in works)
        {
            EndNeedsLock(work, QueueRefusals.Late(work.Group, work.Urgency));
        }
    }

    /// <summary>An endpoint that has just been shut, or is tried by the probe that goes now, keeps nobody waiting.</summary>
    public void EndShutNeedsLock(WorkGroup group, EngineTime now)
    {
        if (!group.Health.Breaker.Allows(now))
        {
            RefuseNeedsLock(Queue.Take((other, _) => ReferenceEquals(other.Health, group.Health)));
        }
    }

    /// <summary>Ends work that was not sent.</summary>
    public void EndNeedsLock(Work work, Refusal refusal)
    {
        if (work is Flight flight)
        {
            Flights.Remove(flight);
        }

        work.Refuse(refusal);
    }

    public void Dispose() => _timer.Dispose();
}
