namespace Headgate.Reports;

/// <summary>The live state of one limit under one scope value.</summary>
/// <param name="Provider">Provider name.</param>
/// <param name="Limit">Limit id, as <c>kite.quote</c>.</param>
/// <param name="Key">Ledger key: the limit id and scope value (a hash where it is a credential).</param>
/// <param name="Permits">Permits per window.</param>
/// <param name="Window">Window length.</param>
/// <param name="Calendar">The running calendar window's id, or null for a sliding limit.</param>
/// <param name="Used">Permits spent or held in the window that counts now.</param>
/// <param name="Remaining">Permits free now.</param>
/// <param name="AvailableAt">When one permit would be granted; null when now.</param>
/// <param name="ClosedUntil">End of a closure, or null.</param>
/// <param name="ClosedBecause">Why it is closed, or null.</param>
/// <param name="Waiting">Items waiting that need it.</param>
public sealed record BudgetStatus(
    string Provider,
    string Limit,
    string Key,
    long Permits,
    TimeSpan Window,
    string? Calendar,
    long Used,
    long Remaining,
    EngineTime? AvailableAt,
    EngineTime? ClosedUntil,
    string? ClosedBecause,
    int Waiting)
{
    /// <summary>When the running calendar window certainly has rolled at the upstream; null for a sliding limit.</summary>
    public EngineTime? ResetAt { get; init; }
}
