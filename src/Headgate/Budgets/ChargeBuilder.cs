namespace Headgate.Budgets;

/// <summary>Collects what one call takes of each limit, for one ledger record.</summary>
internal sealed class ChargeBuilder
{
    public List<SlidingCharge> Sliding { get; } = [];

    public List<CalendarCharge> Calendar { get; } = [];
}
