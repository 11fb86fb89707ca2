using Headgate.Reports;

namespace Headgate.Simulation;

/// <summary>One scenario replayed three times.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Provider">The provider asked.</param>
/// <param name="Seed">What chance followed from.</param>
/// <param name="SimulatedHours">How long it lasted.</param>
/// <param name="Asks">Requests of all clients.</param>
/// <param name="Ideal">An unlimited upstream asked at every ask.</param>
/// <param name="Direct">The clients' own calls against the real limits.</param>
/// <param name="Gate">What happened through Headgate.</param>
/// <param name="LowerBound">The fewest calls that serve every demand with foresight and without limits (design §9).</param>
/// <param name="LowerBoundExact">False when the true minimum may lie higher.</param>
/// <param name="Ratio">Calls of the gate ÷ lower bound; below 1 where limits made asks wait and merge. 0 when nothing was needed.</param>
/// <param name="HoursPerSecond">Simulated hours per second of the gate's replay.</param>
public sealed record DayReport(
    string Scenario,
    string Provider,
    int Seed,
    decimal SimulatedHours,
    long Asks,
    IdealReport Ideal,
    DirectReport Direct,
    GateReport Gate,
    long LowerBound,
    bool LowerBoundExact,
    decimal Ratio,
    decimal HoursPerSecond)
{
    /// <summary>Calls of direct − calls of gate.</summary>
    public long Saved => Direct.Calls - Gate.Calls;
}

/// <param name="Calls">One per ask; every answer is new and none is refused.</param>
public sealed record IdealReport(long Calls);

/// <param name="Calls">Calls that arrived.</param>
/// <param name="Violations">Of these, refused by the upstream for breaking a limit.</param>
/// <param name="Answered">Asks that got an answer; without a gate a refused ask gets none.</param>
/// <param name="CallsByEndpoint">Calls by the upstream's own names.</param>
public sealed record DirectReport(long Calls, long Violations, long Answered, IReadOnlyDictionary<string, long> CallsByEndpoint);

/// <param name="Calls">Calls that arrived.</param>
/// <param name="Violations">Of these, refused by the upstream for breaking a limit: must be 0.</param>
/// <param name="Answered">Asks answered within their bound.</param>
/// <param name="StaleServed">Asks answered stale, saying so; none of them counts as answered or as a hit.</param>
/// <param name="Refused">Asks refused by the gate.</param>
/// <param name="Failed">Asks that got the upstream's own error.</param>
/// <param name="Items">Items asked.</param>
/// <param name="HitRate">Share of items answered from fresh entries, 0 to 1.</param>
/// <param name="StaleRate">Share of items answered stale, 0 to 1.</param>
/// <param name="JoinedRate">Share of items that joined a call others had caused, 0 to 1.</param>
/// <param name="Age">Age of answers within their bound, by the oldest item.</param>
/// <param name="StaleAge">Age of stale answers.</param>
/// <param name="Wait">Time from ask to answer.</param>
/// <param name="CallsByEndpoint">Calls by the upstream's own names.</param>
public sealed record GateReport(
    long Calls,
    long Violations,
    long Answered,
    long StaleServed,
    long Refused,
    long Failed,
    long Items,
    decimal HitRate,
    decimal StaleRate,
    decimal JoinedRate,
    Percentiles Age,
    Percentiles StaleAge,
    Percentiles Wait,
    IReadOnlyDictionary<string, long> CallsByEndpoint)
{
    /// <summary>Calls and credits, of the gate and direct, by the catalogue's names: what money follows from.</summary>
    internal IReadOnlyList<EndpointStats> Counted { get; init; } = [];
}
