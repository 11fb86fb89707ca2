using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.SignIn;

namespace Headgate.Dispatch;

/// <summary>A call whose permits are taken: what the dispatcher hands to the call runner, outside its lock.</summary>
internal sealed class PlannedCall
{
    public PlannedCall(WorkGroup group, BudgetLease lease, IReadOnlyList<Work> works)
    {
        Group = group;
        Lease = lease;
        Works = works;
        Forward = works[0] as ForwardWork;
        Flights = Forward is null ? [.. works.Cast<Flight>()] : [];
    }

    /// <summary>Endpoint and limits.</summary>
    public WorkGroup Group { get; }

    /// <summary>Its permits.</summary>
    public BudgetLease Lease { get; }

    /// <summary>What it carries: one forward, or flights in order.</summary>
    public IReadOnlyList<Work> Works { get; }

    /// <summary>The items it carries; empty for a forward.</summary>
    public IReadOnlyList<Flight> Flights { get; }

    /// <summary>What the gate's own sign-in gave it to carry, or null.</summary>
    public SignInGrant? Grant { get; set; }

    /// <summary>The plan it is built by.</summary>
    public RequestPlan Plan => (Forward?.Demand ?? Flights[0].Leader).Plan;

    /// <summary>The request it passes through, or null.</summary>
    public ForwardWork? Forward { get; }
}
