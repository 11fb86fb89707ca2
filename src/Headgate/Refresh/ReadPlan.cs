namespace Headgate.Refresh;

/// <summary>How often a client of the gate may ask so that the budgets carry it.</summary>
/// <param name="Reads">What can be asked, by name.</param>
/// <param name="Problems">Why the others cannot be asked, by name: no such provider, no credential, nothing that is held.</param>
public sealed record ReadPlan(IReadOnlyDictionary<string, WatchPlan> Reads, IReadOnlyDictionary<string, string> Problems);
