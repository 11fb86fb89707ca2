using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.Reports;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>Where a call that is under way tells of its send, its answer and its end, and what it carried goes on from there. Thread-safe.</summary>
internal sealed class CallReports(WaitingRoom room, EngineEvents events)
{
    private readonly CallEnds _ends = new(room.Budgets, events);

    /// <summary>Marks the send; from here on nobody can withdraw the work.</summary>
    public void Sent(PlannedCall call, EngineTime at)
    {
        lock (room.Gate)
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
        lock (room.Gate)
        {
            _ends.Settle(call, firstByteAt, upstreamDate);
        }

        room.Pump();
    }

    /// <summary>Takes what the answer's headers say is used.</summary>
    /// <returns>What to make durable.</returns>
    public IReadOnlyList<WindowTotal> ObserveUsage(PlannedCall call, Func<string, string?> header)
    {
        lock (room.Gate)
        {
            return CallEnds.ObserveUsage(call, header, room.Clock.Now);
        }
    }

    /// <summary>No answer came: the permits stay held as long as the request may still arrive.</summary>
    public void SettleSilent(PlannedCall call)
    {
        lock (room.Gate)
        {
            BudgetBook.SettleSilent(call.Lease);
        }

        room.Pump();
    }

    /// <summary>The charge could not be made durable, so nothing was sent.</summary>
    public void Cancel(PlannedCall call)
    {
        lock (room.Gate)
        {
            BudgetBook.Cancel(call.Lease);
            call.Group.Health.Breaker.Neutral();
        }

        room.Pump();
    }

    /// <summary>Tells the breaker and the back-off how a call ended.</summary>
    public void Health(PlannedCall call, OutcomeKind outcome)
    {
        lock (room.Gate)
        {
            var now = room.Clock.Now;
            _ends.Health(call, outcome, now);
            room.EndShutNeedsLock(call.Group, now);
        }

        room.Pump();
    }

    /// <summary>Closes limits of a call after a limit answer; the first when none is named. Calls sent before a closure do not lengthen its back-off.</summary>
    /// <returns>What to make durable.</returns>
    public IReadOnlyList<Closure> Close(PlannedCall call, IReadOnlyList<LimitModel> which, Func<LimitState, EngineTime, EngineTime> until, string because)
    {
        IReadOnlyList<Closure> closures;
        lock (room.Gate)
        {
            var now = room.Clock.Now;
            closures = _ends.Close(call, which, until, because, now);
            // What cannot be had in time is answered at once.
            var hopeless = room.Queue.Take((group, work) => group.Limits.Any(limit => limit.ClosedUntil > now && limit.ClosedUntil + group.Health.RoundTrip > work.Deadline));
            room.RefuseNeedsLock(hopeless);
        }

        room.Pump();
        return closures;
    }

    /// <summary>Puts flights back for another attempt; those of one tag travel only with each other.</summary>
    public void Requeue(IReadOnlyList<Flight> flights, EngineTime notBefore, object? tag)
    {
        lock (room.Gate)
        {
            var now = room.Clock.Now;
            foreach (var flight in flights)
            {
                if (!flight.IsWanted || room.IsStopped)
                {
                    room.EndNeedsLock(flight, room.IsStopped ? WaitingRoom.Stopping : WaitingRoom.Abandoned);
                    continue;
                }

                if (!flight.Group.Health.Breaker.Allows(now))
                {
                    room.RefuseNeedsLock([flight]);
                    continue;
                }

                flight.NotBefore = notBefore;
                flight.Tag = tag ?? flight.Tag;
                room.Queue.Return(flight);
            }
        }

        room.Pump();
    }

    /// <summary>Puts the work of a cancelled call back where it stood: it was never sent.</summary>
    public void Return(PlannedCall call)
    {
        lock (room.Gate)
        {
            foreach (var work in call.Works)
            {
                if (room.IsStopped || work is Flight { IsWanted: false })
                {
                    room.EndNeedsLock(work, room.IsStopped ? WaitingRoom.Stopping : WaitingRoom.Abandoned);
                }
                else
                {
                    room.Queue.Return(work);
                }
            }
        }

        room.Pump();
    }

    /// <summary>Ends flights for all their waiters.</summary>
    public void Complete(IEnumerable<(Flight Flight, FlightOutcome Outcome)> ended)
    {
        List<Waiter> waiters = [];
        lock (room.Gate)
        {
            foreach (var (flight, outcome) in ended)
            {
                room.Flights.Remove(flight);
                waiters.AddRange(flight.End(outcome));
            }
        }

        waiters.ForEach(static waiter => waiter.Landed());
    }

    /// <summary>Answers a flight's waiters while its body still arrives; new asks keep joining until <see cref="Land"/>.</summary>
    public void Stream(Flight flight, FlightOutcome.Streaming outcome)
    {
        List<Waiter> waiters;
        lock (room.Gate)
        {
            waiters = flight.End(outcome);
        }

        waiters.ForEach(static waiter => waiter.Landed());
    }

    /// <summary>A streamed flight's body has ended.</summary>
    public void Land(Flight flight)
    {
        lock (room.Gate)
        {
            room.Flights.Remove(flight);
        }
    }
}
