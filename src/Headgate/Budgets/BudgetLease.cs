namespace Headgate.Budgets;

/// <summary>All permits of one call, taken together. Ended exactly once, by the dispatcher, in one of three ways.</summary>
internal sealed class BudgetLease
{
    public BudgetLease(Charge charge, IReadOnlyList<LimitState> limits)
    {
        Charge = charge;
        Limits = limits;
    }

    public Charge Charge { get; }

    public IReadOnlyList<LimitState> Limits { get; }

    public bool Ended { get; set; }
}
