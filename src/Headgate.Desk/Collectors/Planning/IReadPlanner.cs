using Headgate.Desk.Collectors.Readings;

namespace Headgate.Desk.Collectors.Planning;

/// <summary>Tells how often things may be read so that the budgets carry all of them.</summary>
public interface IReadPlanner
{
    /// <summary>A plan for each wish, by name.</summary>
    IReadOnlyDictionary<string, PlannedRead> Plan(IReadOnlyList<ReadWish> wishes);
}
