using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.Upstream;

namespace Headgate.Flights;

/// <summary>The single in-flight fetch of an item, shared by all its waiters, whichever call carries it. Guarded by the dispatcher's lock.</summary>
internal sealed class Flight : Work
{
    private List<Waiter> _waiters = [];
    private FlightOutcome? _outcome;

    public Flight(WorkGroup group, PlannedItem item, Demand leader, EngineTime askedAt, EngineTime deadline)
        : base(group, leader.Urgency, leader.Client, askedAt, deadline)
    {
        Item = item;
        Leader = leader;
        Store = !leader.Freshness.NoStore;
    }

    public PlannedItem Item { get; }

    /// <summary>The demand that started it: its request's headers and credential go with the call.</summary>
    public Demand Leader { get; }

    public override RequestPlan Plan => Leader.Plan;

    public IdentityHash Credential => Leader.Plan.Identity.Credential;

    /// <summary>Does anybody still wait for it?</summary>
    public bool IsWanted => _waiters.Count > 0;

    /// <summary>At least one waiter lets the answer be kept.</summary>
    public bool Store { get; set; }

    /// <summary>What its last attempt ended in, while it waits for another: when that never comes, this is the answer, not the queue.</summary>
    public FlightOutcome? LastFailure { get; set; }

    /// <summary>How it ended, or null while it is out. May be read without the lock.</summary>
    public FlightOutcome? Outcome => Volatile.Read(ref _outcome);

    public void Admit(Waiter waiter)
    {
        _waiters.Add(waiter);
        if (_outcome is null)
        {
            waiter.Expect();
        }
    }

    public void Dismiss(Waiter waiter) => _waiters.Remove(waiter);

    /// <summary>Ends it for all its waiters.</summary>
    public void Complete(FlightOutcome outcome) => End(outcome).ForEach(static waiter => waiter.Landed());

    /// <summary>Ends it and leaves waking its waiters to the caller, who does that outside the lock: the first thing a waiter does is take it.</summary>
    public List<Waiter> End(FlightOutcome outcome)
    {
        State = WorkState.Done;
        if (_outcome is not null)
        {
            return [];
        }

        Volatile.Write(ref _outcome, outcome);
        var waiters = _waiters;
        _waiters = [];
        return waiters;
    }

    public override void Refuse(Refusal refusal) => Complete(LastFailure ?? new FlightOutcome.Failed(OutcomeKind.Limited, refusal));
}
