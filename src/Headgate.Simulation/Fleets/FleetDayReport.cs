namespace Headgate.Simulation;

/// <summary>A fleet's day, lived three times.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Start">When it began, in the fleet's local time.</param>
/// <param name="Seed">What chance followed from.</param>
/// <param name="SimulatedHours">How long it lasted.</param>
/// <param name="Synthetic">What of its market is made up.</param>
/// <param name="Ideal">An unlimited upstream asked at every ask.</param>
/// <param name="Direct">The replaced systems' own calls against the real limits.</param>
/// <param name="Gate">What happened through Headgate.</param>
/// <param name="LowerBound">The fewest calls that serve every demand with foresight and without limits (design §9).</param>
/// <param name="LowerBoundExact">False when the true minimum may lie higher.</param>
/// <param name="Ratio">Calls of the gate ÷ lower bound; 0 when nothing was needed.</param>
/// <param name="Alerts">Decisions compared.</param>
/// <param name="Seconds">Real seconds the three runs took.</param>
public sealed record FleetDayReport(
    string Scenario,
    DateTimeOffset Start,
    int Seed,
    decimal SimulatedHours,
    IReadOnlyList<string> Synthetic,
    FleetSide Ideal,
    FleetSide Direct,
    FleetGateSide Gate,
    long LowerBound,
    bool LowerBoundExact,
    decimal Ratio,
    AlertReport Alerts,
    decimal Seconds)
{
    /// <summary>The local date.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Start.DateTime);

    /// <summary>Calls of direct − calls of gate.</summary>
    public long Saved => Direct.Calls - Gate.Calls;

    /// <summary><see cref="LowerBound"/> by kind.</summary>
    public CallKinds LowerBoundKinds { get; init; } = new(LowerBound, 0, 0);

    /// <summary>Each decision of the gate's run, in order of time.</summary>
    public IReadOnlyList<Headgate.Desk.Days.FleetAlert> Decisions { get; init; } = [];
}
