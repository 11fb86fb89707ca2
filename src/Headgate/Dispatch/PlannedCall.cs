using Headgate.Budgets;
using Headgate.Flights;

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

    /// <summary>The request it passes through, or null.</summary>
    public ForwardWork? Forward { get; }
}
