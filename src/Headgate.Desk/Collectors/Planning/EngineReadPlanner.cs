using Headgate.Desk.Collectors.Readings;
using Headgate.Refresh;

namespace Headgate.Desk.Collectors.Planning;

/// <summary>The gate's own planning, by its limits and beside all it keeps fresh already.</summary>
/// <param name="engine">A started engine.</param>
public sealed class EngineReadPlanner(Engine engine) : IReadPlanner
{
    public IReadOnlyDictionary<string, PlannedRead> Plan(IReadOnlyList<ReadWish> wishes)
    {
        var plan = engine.Refresh.PlanReads([.. wishes.Select(static wish => new Watch { Name = wish.Name, Provider = wish.Provider, Target = wish.Target, Interval = wish.Every })]);
        return wishes.ToDictionary(
            static wish => wish.Name,
            wish => plan.Reads.TryGetValue(wish.Name, out var read)
                ? new PlannedRead(wish.Every, read.Interval, read.StretchPercent, read.StretchedFor, null)
                : new PlannedRead(wish.Every, wish.Every, 100, null, plan.Problems[wish.Name]),
            StringComparer.Ordinal);
    }
}
