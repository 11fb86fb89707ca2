using Headgate.Budgets;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.Reports;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>One provider's door: everything that waits, is in flight or spends a limit is touched under its lock; calls run outside it.</summary>
/// <remarks>Work that waits fills the next call, so pressure itself fills batches. See <c>Dispatch/README.md</c> for the life of a piece of work.</remarks>
internal sealed class Dispatcher : IDisposable
{
    private static readonly Refusal Abandoned = new(RefusalKind.Limited, 429, "Nobody waits any longer.", null, null);
    private static readonly Refusal Stopping = new(RefusalKind.Offline, 503, "The gate is stopping; ask again when it is back.", null, null);

    private readonly Lock _gate = new();
    private readonly EngineClock _clock;
    private readonly BudgetBook _budgets;
    private readonly CallEnds _ends;
    private readonly Func<long> _nextChargeId;
    private readonly Action<PlannedCall> _start;
    private readonly WorkQueue _queue;
    private readonly CallPicker _picker;
    private readonly QueueRefusals _refusals;
    private readonly FlightTable _flights = new();
    private readonly PumpTimer _timer;
    private bool _stopped;

    public Dispatcher(EngineOptions options, EngineClock clock, BudgetBook budgets, EngineEvents events, Func<long> nextChargeId, Action<PlannedCall> start)
    {
        _clock = clock;
        _budgets = budgets;
        _ends = new CallEnds(budgets, events);
        _nextChargeId = nextChargeId;
        _start = start;
        _queue = new WorkQueue(budgets, options.Linger);
        _picker = new CallPicker(_queue, options.AgeStep);
        _refusals = new QueueRefusals(_queue, options, clock);
        _timer = new PumpTimer(_gate, clock, Pump);
    }

    /// <summary>Runs a function over the budgets under the lock.</summary>
    public T WithBudgets<T>(Func<BudgetBook, T> read)
    {
        lock (_gate)
        {
            return read(_budgets);
        }
    }

    /// <summary>Fills seats that a call has to spare; null while nothing is watched.</summary>
    public SeatFiller? SpareSeats { get; set; }

    /// <summary>Looks at budgets and queue under the lock.</summary>
    public T Look<T>(Func<BudgetBook, WorkQueue, T> look)
    {
        lock (_gate)
        {
            return look(_budgets, _queue);
        }
    }

    /// <summary>Items that wait for a limit.</summary>
    public int WaitingFor(LimitState limit)
    {
        lock (_gate)
        {
            return _queue.Groups.Where(group => group.Limits.Contains(limit)).Sum(group => group.Queue.Count);
        }
    }

    /// <summary>Joins the flights of these items, or starts them; refuses at once what cannot come before the deadline.</summary>
    /// <param name="demand">Who asks, how urgently.</param>
    /// <param name="waiter">Woken when all of it has landed.</param>
    /// <param name="items">What is missing.</param>
    /// <param name="askedAt">When it was asked for.</param>
    /// <param name="deadline">When the asker must have its answer.</param>
    /// <param name="freshNow">Looks once more, under the lock, for an entry that landed meanwhile; null when entries may not be used.</param>
    /// <param name="exclusive">Joins nothing and lets nobody join (shadow).</param>
    /// <returns>One flight, entry or refusal per item, in order.</returns>
    public IReadOnlyList<Boarding> Board(
        Demand demand, Waiter waiter, IReadOnlyList<PlannedItem> items, EngineTime askedAt, EngineTime deadline, Func<PlannedItem, Entry?>? freshNow, bool exclusive)
    {
        var boardings = new Boarding[items.Count];
        lock (_gate)
        {
            List<int> missing = [];
            // The flight under way may be the probe, which may hang: it has the one waiter who risked it.
            var joins = !exclusive && !_queue.IsShut(demand.Plan.Endpoint, _clock.Now);
            for (var i = 0; i < items.Count; i++)
            {
                if (joins && _flights.Join(demand, waiter, items[i], askedAt, deadline) is { } joined)
                {
                    boardings[i] = new Boarding(joined, null, null, IsJoined: true);
                }
                else if (freshNow?.Invoke(items[i]) is { } held)
                {
                    boardings[i] = new Boarding(null, null, held, IsJoined: false);
                }
                else
                {
                    missing.Add(i);
                }
            }

            if (missing.Count > 0)
            {
                StartNeedsLock(demand, waiter, items, missing, boardings, askedAt, deadline, exclusive ? new object() : null);
            }
        }

        waiter.Landed();
        Pump();
        return boardings;
    }

    /// <summary>Queues a request to pass through once, or only to take its permits (<paramref name="reserves"/>); refuses at once what cannot come in time.</summary>
    public (ForwardWork? Work, Refusal? Refusal) Enqueue(Demand demand, EngineTime askedAt, EngineTime deadline, bool reserves)
    {
        ForwardWork work;
        lock (_gate)
        {
            var group = _queue.GroupOf(demand.Plan, batches: false);
            if ((_stopped ? Stopping : _refusals.Early(group, demand.Urgency, 1, askedAt, deadline)) is { } refusal)
            {
                return (null, refusal);
            }

            work = new ForwardWork(group, demand, askedAt, deadline) { Reserves = reserves };
            _queue.Add(work, _clock.Now);
        }

        Pump();
        return (work, null);
    }

    /// <summary>Does this reservation hold its permits?</summary>
    public bool IsHeld(ForwardWork work)
    {
        lock (_gate)
        {
            return work.Held is not null;
        }
    }

    /// <summary>Ends a reservation that is not sent with, granted or not: the permits are free, as if they had never been taken.</summary>
    public void Release(ForwardWork work)
    {
        lock (_gate)
        {
            _queue.Remove(work);
            FreeNeedsLock(work);
        }

        Pump();
    }

    /// <summary>
    /// Turns a reservation into the request itself. Its permits are taken anew at this instant, under one lock, so that the hold and the call's time-out
    /// count from the send and not from the client's upload; where a limit was closed meanwhile it waits at its old place.
    /// </summary>
    public ForwardWork Redeem(ForwardWork reserved, Demand demand)
    {
        ForwardWork work;
        PlannedCall? call = null;
        lock (_gate)
        {
            FreeNeedsLock(reserved);
            var now = _clock.Now;
            // Whose limit a write spends may stand in its body: its group need not be the reservation's.
            var group = _queue.GroupOf(demand.Plan, batches: false);
            work = new ForwardWork(group, demand, reserved.AskedAt, reserved.Deadline) { Sequence = reserved.Sequence };
            if (_stopped)
            {
                EndNeedsLock(work, Stopping);
            }
            else if (work.IsTooLate(now, group.Health.RoundTrip))
            {
                RefuseNeedsLock([work]);
            }
            else if (group.HasRoom(work.Urgency.IsUrgent, now))
            {
                work.State = WorkState.Sending;
                call = PlanNeedsLock([work], now);
            }
            else
            {
                _queue.Return(work);
            }
        }

        if (call is not null)
        {
            _start(call);
        }

        Pump();
        return work;
    }

    /// <summary>A waiter leaves a flight. The last one takes a queued item with it; what is under way goes on.</summary>
    public void Leave(Flight flight, Waiter waiter)
    {
        lock (_gate)
        {
            flight.Dismiss(waiter);
            if (!flight.IsWanted && flight.State == WorkState.Queued)
            {
                _queue.Remove(flight);
                EndNeedsLock(flight, Abandoned);
            }
        }
    }

    /// <summary>A client left before its request was sent. False when it was sent already (then nothing is cancelled).</summary>
    public bool TryWithdraw(ForwardWork work)
    {
        lock (_gate)
        {
            if (work.State != WorkState.Queued)
            {
                return false;
            }

            _queue.Remove(work);
            work.State = WorkState.Done;
            return true;
        }
    }

    /// <summary>Why queued work could not be sent by its deadline, and when it could.</summary>
    public Refusal RefusalFor(Work work)
    {
        lock (_gate)
        {
            return _refusals.Late(work.Group, work.Urgency);
        }
    }

    /// <summary>Marks the send; from here on nobody can withdraw the work.</summary>
    public void Sent(PlannedCall call, EngineTime at)
    {
        lock (_gate)
        {
            foreach (var work in call.Works)
            {
                work.SentAt = at;
                work.Attempts++;
            }

            // Each call counts once, for the demand whose item it was made for first.
            call.Works[0].CallsLed++;
            _ends.Sent(call, at);
        }
    }

    /// <summary>The first byte of an answer came.</summary>
    public void Settle(PlannedCall call, EngineTime firstByteAt, DateTimeOffset? upstreamDate)
    {
        lock (_gate)
        {
            _ends.Settle(call, firstByteAt, upstreamDate);
        }

        Pump();
    }

    /// <summary>Takes what the answer's headers say is used.</summary>
    /// <returns>What to make durable.</returns>
    public IReadOnlyList<WindowTotal> ObserveUsage(PlannedCall call, Func<string, string?> header)
    {
        lock (_gate)
        {
            return CallEnds.ObserveUsage(call, header, _clock.Now);
        }
    }

    /// <summary>No answer came: the permits stay held as long as the request may still arrive.</summary>
    public void SettleSilent(PlannedCall call)
    {
        lock (_gate)
        {
            BudgetBook.SettleSilent(call.Lease);
        }

        Pump();
    }

    /// <summary>The charge could not be made durable, so nothing was sent.</summary>
    public void Cancel(PlannedCall call)
    {
        lock (_gate)
        {
            BudgetBook.Cancel(call.Lease);
            call.Group.Health.Breaker.Neutral();
        }

        Pump();
    }

    /// <summary>Tells the breaker and the back-off how a call ended.</summary>
    public void Health(PlannedCall call, OutcomeKind outcome)
    {
        lock (_gate)
        {
            var now = _clock.Now;
            _ends.Health(call, outcome, now);
            EndShutNeedsLock(call.Group, now);
        }

        Pump();
    }

    /// <summary>Closes limits of a call after a limit answer; the first when none is named. Calls sent before a closure do not lengthen its back-off.</summary>
    /// <returns>What to make durable.</returns>
    public IReadOnlyList<Closure> Close(PlannedCall call, IReadOnlyList<LimitModel> which, Func<LimitState, EngineTime, EngineTime> until, string because)
    {
        IReadOnlyList<Closure> closures;
        lock (_gate)
        {
            var now = _clock.Now;
            closures = _ends.Close(call, which, until, because, now);
            // What cannot be had in time is answered at once.
            var hopeless = _queue.Take((group, work) => group.Limits.Any(limit => limit.ClosedUntil > now && limit.ClosedUntil + group.Health.RoundTrip > work.Deadline));
            RefuseNeedsLock(hopeless);
        }

        Pump();
        return closures;
    }

    /// <summary>Answers what waits for requests of these plans, and sends none of it.</summary>
    public void RefuseWaiting(Func<RequestPlan, bool> plans, Refusal refusal)
    {
        lock (_gate)
        {
            foreach (var work in _queue.Take((_, work) => plans(work.Plan)))
            {
                EndNeedsLock(work, refusal);
            }
        }
    }

    /// <summary>Puts flights back for another attempt; those of one tag travel only with each other.</summary>
    public void Requeue(IReadOnlyList<Flight> flights, EngineTime notBefore, object? tag)
    {
        lock (_gate)
        {
            var now = _clock.Now;
            foreach (var flight in flights)
            {
                if (!flight.IsWanted || _stopped)
                {
                    EndNeedsLock(flight, _stopped ? Stopping : Abandoned);
                    continue;
                }

                if (!flight.Group.Health.Breaker.Allows(now))
                {
                    RefuseNeedsLock([flight]);
                    continue;
                }

                flight.NotBefore = notBefore;
                flight.Tag = tag ?? flight.Tag;
                _queue.Return(flight);
            }
        }

        Pump();
    }

    /// <summary>Puts the work of a cancelled call back where it stood: it was never sent.</summary>
    public void Return(PlannedCall call)
    {
        lock (_gate)
        {
            foreach (var work in call.Works)
            {
                if (_stopped || work is Flight { IsWanted: false })
                {
                    EndNeedsLock(work, _stopped ? Stopping : Abandoned);
                }
                else
                {
                    _queue.Return(work);
                }
            }
        }

        Pump();
    }

    /// <summary>Ends flights for all their waiters.</summary>
    public void Complete(IEnumerable<(Flight Flight, FlightOutcome Outcome)> ended)
    {
        List<Waiter> waiters = [];
        lock (_gate)
        {
            foreach (var (flight, outcome) in ended)
            {
                _flights.Remove(flight);
                waiters.AddRange(flight.End(outcome));
            }
        }

        waiters.ForEach(static waiter => waiter.Landed());
    }

    /// <summary>Answers a flight's waiters while its body still arrives; new asks keep joining until <see cref="Land"/>.</summary>
    public void Stream(Flight flight, FlightOutcome.Streaming outcome)
    {
        List<Waiter> waiters;
        lock (_gate)
        {
            waiters = flight.End(outcome);
        }

        waiters.ForEach(static waiter => waiter.Landed());
    }

    /// <summary>A streamed flight's body has ended.</summary>
    public void Land(Flight flight)
    {
        lock (_gate)
        {
            _flights.Remove(flight);
        }
    }

    /// <summary>Refuses everything that waits and starts nothing more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            foreach (var work in _queue.Take(static (_, _) => true))
            {
                EndNeedsLock(work, Stopping);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Starts every call that may go now and sets the timer for the next.</summary>
    private void Pump()
    {
        List<PlannedCall>? calls = null;
        lock (_gate)
        {
            if (_stopped || _queue.Count == 0)
            {
                return;
            }

            var now = _clock.Now;
            RefuseNeedsLock(_queue.Take((group, work) => work.IsTooLate(now, group.Health.RoundTrip)));
            while (_picker.Next(now) is { } picked)
            {
                (calls ??= []).Add(PlanNeedsLock(picked, now));
            }

            _queue.Sweep();
            _timer.ArmNeedsLock(_queue, now);
        }

        foreach (var call in calls ?? [])
        {
            if (call.Forward is { Reserves: true } reserved)
            {
                reserved.Waiter.Landed();
                continue;
            }

            _start(call);
        }
    }

    private void StartNeedsLock(Demand demand, Waiter waiter, IReadOnlyList<PlannedItem> items, List<int> missing, Boarding[] boardings, EngineTime askedAt, EngineTime deadline, object? tag)
    {
        var group = _queue.GroupOf(demand.Plan, demand.Plan.Endpoint.Batch is not null);
        var refusal = _stopped ? Stopping : _refusals.Early(group, demand.Urgency, missing.Count, askedAt, deadline);
        foreach (var index in missing)
        {
            if (refusal is not null)
            {
                boardings[index] = new Boarding(null, refusal, null, IsJoined: false);
                continue;
            }

            var flight = new Flight(group, items[index], demand, askedAt, deadline) { Tag = tag };
            flight.Admit(waiter);
            if (tag is null)
            {
                _flights.Add(flight);
                if (group.Batches)
                {
                    SpareSeats?.Missed(demand, items[index], askedAt);
                }
            }

            _queue.Add(flight, _clock.Now);
            boardings[index] = new Boarding(flight, null, null, IsJoined: false);
        }
    }

    private PlannedCall PlanNeedsLock(IReadOnlyList<Work> works, EngineTime now)
    {
        var group = works[0].Group;
        group.Health.Breaker.Sending();
        EndShutNeedsLock(group, now);
        works = SpareSeats?.Fill(works, _flights, now) ?? works;
        if (works[0] is not ForwardWork { Reserves: true })
        {
            var isBackground = works.All(static work => work.Urgency.IsBackground);
            foreach (var limit in group.Limits)
            {
                limit.Usage.Add(limit.Model, group.Spends(limit, works.Count), isBackground, now);
            }
        }

        var lease = _budgets.Take(_nextChargeId(), group.Endpoint, group.Limits, works.Count * group.ItemsEach, now);
        var call = new PlannedCall(group, lease, works);
        if (call.Forward is { Reserves: true } reserved)
        {
            reserved.Held = call;
            reserved.Probes = group.Health.Breaker.IsOpen;
        }

        return call;
    }

    private static void FreeNeedsLock(ForwardWork reserved)
    {
        reserved.State = WorkState.Done;
        if (reserved.Held is { } held)
        {
            reserved.Held = null;
            BudgetBook.Cancel(held.Lease);
            if (reserved.Probes)
            {
                held.Group.Health.Breaker.Neutral();
            }
        }
    }

    private void RefuseNeedsLock(IReadOnlyList<Work> works)
    {
        foreach (var work in works)
        {
            EndNeedsLock(work, _refusals.Late(work.Group, work.Urgency));
        }
    }

    /// <summary>An endpoint that has just been shut, or is tried by the probe that goes now, keeps nobody waiting.</summary>
    private void EndShutNeedsLock(WorkGroup group, EngineTime now)
    {
        if (!group.Health.Breaker.Allows(now))
        {
            RefuseNeedsLock(_queue.Take((other, _) => ReferenceEquals(other.Health, group.Health)));
        }
    }

    private void EndNeedsLock(Work work, Refusal refusal)
    {
        if (work is Flight flight)
        {
            _flights.Remove(flight);
        }

        work.Refuse(refusal);
    }
}
