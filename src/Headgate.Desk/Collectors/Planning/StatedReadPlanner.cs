using Headgate.Desk.Collectors.Readings;

namespace Headgate.Desk.Collectors.Planning;

/// <summary>Every wish is granted: for asking an upstream without limits, or without a gate that knows them.</summary>
public sealed class StatedReadPlanner : IReadPlanner
{
    public IReadOnlyDictionary<string, PlannedRead> Plan(IReadOnlyList<ReadWish> wishes) =>
        wishes.ToDictionary(static wish => wish.Name, static wish => new PlannedRead(wish.Every, wish.Every, 100, null, null), StringComparer.Ordinal);
}
