namespace Headgate.Desk.Collectors.Canada;

/// <summary>A group of series.</summary>
/// <param name="Observations">The newest of each series that has one, in order of name.</param>
public sealed record RateGroup(IReadOnlyList<Observation> Observations);
