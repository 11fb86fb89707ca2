using Headgate.Budgets;

namespace Headgate.Dispatch;

/// <summary>Permits held for requests whose bodies have not come yet (ADR 007): redeemed by the request itself, or given back. Thread-safe.</summary>
internal sealed class Reservations(WaitingRoom room)
{
    /// <summary>Does this reservation hold its permits?</summary>
    public bool IsHeld(ForwardWork work)
    {
        lock (room.Gate)
        {
            return work.Held is not null;
        }
    }

    /// <summary>Ends a reservation that is not sent with, granted or not: the permits are free, as if they had never been taken.</summary>
    public void Release(ForwardWork work)
    {
        lock (room.Gate)
        {
            room.Queue.Remove(work);
            FreeNeedsLock(work);
        }

        room.Pump();
    }

    /// <summary>
    /// Turns a reservation into the request itself. Its permits are taken anew at this instant, under one lock, so that the hold and the call's time-out
    /// count from the send and not from the client's upload; where a limit was closed meanwhile it waits at its old place.
    /// </summary>
    public ForwardWork Redeem(ForwardWork reserved, Demand demand)
    {
        ForwardWork work;
        PlannedCall? call = null;
        lock (room.Gate)
        {
            FreeNeedsLock(reserved);
            var now = room.Clock.Now;
            // Whose limit a write spends may stand in its body: its group need not be the reservation's.
            var group = room.Queue.GroupOf(demand.Plan, batches: false);
            work = new ForwardWork(group, demand, reserved.AskedAt, reserved.Deadline) { Sequence = reserved.Sequence };
            if (room.IsStopped)
            {
                room.EndNeedsLock(work, WaitingRoom.Stopping);
            }
            else if (work.IsTooLate(now, group.Health.RoundTrip))
            {
                room.RefuseNeedsLock([work]);
            }
            else if (group.HasRoom(work.Urgency.IsUrgent, now))
            {
                work.State = WorkState.Sending;
                call = room.PlanNeedsLock([work], now);
            }
            else
            {
                room.Queue.Return(work);
            }
        }

        if (call is not null)
        {
            room.Start(call);
        }

        room.Pump();
        return work;
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
}
