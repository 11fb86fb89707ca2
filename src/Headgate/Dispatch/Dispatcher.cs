using Headgate.Budgets;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.Reports;

namespace Headgate.Dispatch;

/// <summary>One provider's door: who wants something boards a flight, or queues a request of its own, and may leave again.</summary>
/// <remarks>Work that waits fills the next call, so pressure itself fills batches. See <c>Dispatch/README.md</c> for the life of a piece of work. Thread-safe.</remarks>
internal sealed class Dispatcher : IDisposable
{
    private readonly WaitingRoom _room;

    public Dispatcher(EngineOptions options, EngineClock clock, BudgetBook budgets, EngineEvents events, Func<long> nextChargeId, Action<PlannedCall> start)
    {
        _room = new WaitingRoom(options, clock, budgets, nextChargeId, start);
        Calls = new CallReports(_room, events);
        Reservations = new Reservations(_room);
    }

    /// <summary>For calls that are under way.</summary>
    public CallReports Calls { get; }

    /// <summary>Permits held for requests whose bodies have not come yet.</summary>
    public Reservations Reservations { get; }

    /// <summary>Fills seats that a call has to spare; null while nothing is watched.</summary>
    public SeatFiller? SpareSeats
    {
        get => _room.SpareSeats;
        set => _room.SpareSeats = value;
    }

    /// <summary>Runs a function over the budgets under the lock.</summary>
    public T WithBudgets<T>(Func<BudgetBook, T> read)
    {
        lock (_room.Gate)
        {
            return read(_room.Budgets);
        }
    }

    /// <summary>Looks at budgets and queue under the lock.</summary>
    public T Look<T>(Func<BudgetBook, WorkQueue, T> look)
    {
        lock (_room.Gate)
        {
            return look(_room.Budgets, _room.Queue);
        }
    }

    /// <summary>Items that wait for a limit.</summary>
    public int WaitingFor(LimitState limit)
    {
        lock (_room.Gate)
        {
            return _room.Queue.Groups.Where(group => group.Limits.Contains(limit)).Sum(group => group.Queue.Count);
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
        lock (_room.Gate)
        {
            List<int> missing = [];
            // The flight under way may be the probe, which may hang: it has the one waiter who risked it.
            var joins = !exclusive && !_room.Queue.IsShut(demand.Plan.Endpoint, _room.Clock.Now);
            for (var i = 0; i < items.Count; i++)
            {
                if (joins && _room.Flights.Join(demand, waiter, items[i], askedAt, deadline) is { } joined)
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
        _room.Pump();
        return boardings;
    }

    /// <summary>Queues a request to pass through once, or only to take its permits (<paramref name="reserves"/>); refuses at once what cannot come in time.</summary>
    public (ForwardWork? Work, Refusal? Refusal) Enqueue(Demand demand, EngineTime askedAt, EngineTime deadline, bool reserves)
    {
        ForwardWork work;
        lock (_room.Gate)
        {
            var group = _room.Queue.GroupOf(demand.Plan, batches: false);
            if ((_room.IsStopped ? WaitingRoom.Stopping : _room.QueueRefusals.Early(group, demand.Urgency, 1, askedAt, deadline)) is { } refusal)
            {
                return (null, refusal);
            }

            work = new ForwardWork(group, demand, askedAt, deadline) { Reserves = reserves };
            _room.Queue.Add(work, _room.Clock.Now);
        }

        _room.Pump();
        return (work, null);
    }

    /// <summary>A waiter leaves a flight. The last one takes a queued item with it; what is under way goes on.</summary>
    public void Leave(Flight flight, Waiter waiter)
    {
        lock (_room.Gate)
        {
            flight.Dismiss(waiter);
            if (!flight.IsWanted && flight.State == WorkState.Queued)
            {
                _room.Queue.Remove(flight);
                _room.EndNeedsLock(flight, WaitingRoom.Abandoned);
            }
        }
    }

    /// <summary>A client left before its request was sent. False when it was sent already (then nothing is cancelled).</summary>
    public bool TryWithdraw(ForwardWork work)
    {
        lock (_room.Gate)
        {
            if (work.State != WorkState.Queued)
            {
                return false;
            }

            _room.Queue.Remove(work);
            work.State = WorkState.Done;
            return true;
        }
    }

    /// <summary>Why queued work could not be sent by its deadline, and when it could.</summary>
    public Refusal RefusalFor(Work work)
    {
        lock (_room.Gate)
        {
            return _room.QueueRefusals.Late(work.Group, work.Urgency);
        }
    }

    /// <summary>Answers what waits for requests of these plans, and sends none of it.</summary>
    public void RefuseWaiting(Func<RequestPlan, bool> plans, Refusal refusal)
    {
        lock (_room.Gate)
        {
            foreach (var work in _room.Queue.Take((_, work) => plans(work.Plan)))
            {
                _room.EndNeedsLock(work, refusal);
            }
        }
    }

    /// <summary>Refuses everything that waits and starts nothing more.</summary>
    public void Stop()
    {
        lock (_room.Gate)
        {
            _room.IsStopped = true;
            foreach (var work in _room.Queue.Take(static (_, _) => true))
            {
                _room.EndNeedsLock(work, WaitingRoom.Stopping);
            }
        }
    }

    private void StartNeedsLock(Demand demand, Waiter waiter, IReadOnlyList<PlannedItem> items, List<int> missing, Boarding[] boardings, EngineTime askedAt, EngineTime deadline, object? tag)
    {
        var group = _room.Queue.GroupOf(demand.Plan, demand.Plan.Endpoint.Batch is not null);
        var refusal = _room.IsStopped ? WaitingRoom.Stopping : _room.QueueRefusals.Early(group, demand.Urgency, missing.Count, askedAt, deadline);
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
                _room.Flights.Add(flight);
                if (group.Batches)
                {
                    _room.SpareSeats?.Missed(demand, items[index], askedAt);
                }
            }

            _room.Queue.Add(flight, _room.Clock.Now);
            boardings[index] = new Boarding(flight, null, null, IsJoined: false);
        }
    }

    public void Dispose() => _room.Dispose();
}
