using Headgate.Catalogue;
using Headgate.Dispatch;

namespace Headgate.Flights;

/// <summary>The single in-flight fetch of an item, shared by all its waiters, whichever call carries it. Guarded by the dispatcher's lock.</summary>
internal sealed class Flight : Work
{
    // Waiters go on by their own context or the pool, never on the thread that read the answer and never under the lock.
    private readonly TaskCompletionSource<FlightOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

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

    public IdentityHash Credential => Leader.Plan.Identity.Credential;

    public int Waiters { get; set; }

    /// <summary>At least one waiter lets the answer be kept.</summary>
    public bool Store { get; set; }

    public Task<FlightOutcome> Outcome => _done.Task;

    public void Complete(FlightOutcome outcome)
    {
        State = WorkState.Done;
        _done.TrySetResult(outcome);
    }

    public override void Refuse(Refusal refusal) => Complete(new FlightOutcome.Failed(Upstream.OutcomeKind.Limited, refusal));
}
