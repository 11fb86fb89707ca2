namespace Headgate.Simulation;

/// <summary>Recorded demand replayed against one catalogue.</summary>
/// <param name="Name">What the catalogue is called.</param>
/// <param name="Asks">Requests replayed.</param>
/// <param name="Calls">Calls made.</param>
/// <param name="Answered">Asks answered within their bound.</param>
/// <param name="StaleServed">Asks answered stale, saying so.</param>
/// <param name="Refused">Asks refused.</param>
/// <param name="Failed">Asks whose recorded request the definition cannot answer.</param>
/// <param name="HitRate">Share of items answered from fresh entries, 0 to 1.</param>
/// <param name="Age">Age of answers within their bound.</param>
/// <param name="StaleAge">Age of stale answers.</param>
/// <param name="CallsByEndpoint">Calls by the catalogue's names.</param>
/// <param name="Costs">Money by provider; those without a price are left out.</param>
public sealed record PlanReport(
    string Name,
    long Asks,
    long Calls,
    long Answered,
    long StaleServed,
    long Refused,
    long Failed,
    decimal HitRate,
    Percentiles Age,
    Percentiles StaleAge,
    IReadOnlyDictionary<string, long> CallsByEndpoint,
    IReadOnlyList<PlanCost> Costs);

/// <summary>What one provider's calls cost.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Calls">Cost of the calls of the recorded span.</param>
/// <param name="Monthly">The fee for 30 days.</param>
/// <param name="Month">Fee and calls of 30 days in which every day is like the recorded span, rounded to cents.</param>
public sealed record PlanCost(string Provider, string Currency, decimal Calls, decimal Monthly, decimal Month)
{
    /// <summary>Credits the calls spent.</summary>
    public long Credits { get; init; }
}
