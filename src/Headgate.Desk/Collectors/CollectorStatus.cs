namespace Headgate.Desk.Collectors;

/// <summary>What a collector knows now.</summary>
/// <param name="Last">The last collection; null before the first.</param>
/// <param name="NextRun">When the next cycle begins.</param>
/// <param name="Parts">How each part stands now, in the order of a collection.</param>
/// <param name="Problem">Why the last one could not be kept, or null.</param>
public sealed record CollectorStatus(Collection? Last, DateTimeOffset NextRun, IReadOnlyList<PartStatus> Parts, string? Problem);
