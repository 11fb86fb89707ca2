using Headgate.Budgets;
using Headgate.Flights;

namespace Headgate.Dispatch;

/// <summary>A call whose permits are taken: what the dispatcher hands to the call runner, outside its lock.</summary>
/// <param name="Group">Endpoint and limits.</param>
/// <param name="Lease">Its permits.</param>
/// <param name="Flights">The items it carries, in order; empty for a forward.</param>
/// <param name="Forward">The request it passes through, or null.</param>
internal sealed record PlannedCall(WorkGroup Group, BudgetLease Lease, IReadOnlyList<Flight> Flights, ForwardWork? Forward);
