using Headgate.Desk.Collectors.Readings;

namespace Headgate.Desk.Collectors;

/// <summary>How a part stands now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">How good it is.</param>
/// <param name="Sources">The providers it comes from.</param>
/// <param name="Age">Age of the oldest of its values; null when it has none.</param>
/// <param name="Reason">Why some of it is not fresh, by what it is; null when all is.</param>
/// <param name="NextRun">When the next of its reads is due; null when nothing of it can be read.</param>
/// <param name="Stretched">Intervals the budgets could not carry.</param>
/// <param name="Items">Its readings.</param>
public sealed record PartStatus(
    string Name, ReadingState State, IReadOnlyList<string> Sources, TimeSpan? Age, string? Reason, DateTimeOffset? NextRun, IReadOnlyList<StretchedRead> Stretched, IReadOnlyList<IReading> Items);
