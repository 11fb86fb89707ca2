namespace Headgate.Simulation.Tests.LowerBound;

/// <summary>Tries every moment, shape and set of items for every call: nothing is assumed but that calls come one after the other.</summary>
internal static class BruteForceBound
{
    public static int Solve(IReadOnlyList<BoundDemand> demands, IReadOnlyList<BoundShape> shapes)
    {
        var all = (1 << demands.Count) - 1;
        var items = demands.Select(demand => demand.Item).Distinct(StringComparer.Ordinal).ToList();
        var last = demands.Max(demand => demand.End);
        var first = demands.Min(demand => demand.Begin);
        HashSet<(int Served, long At)> states = [(0, first)];
        for (var calls = 0; ; calls++)
        {
            if (states.Any(state => state.Served == all))
            {
                return calls;
            }

            var next = new HashSet<(int, long)>();
            foreach (var (served, from) in states)
            {
                for (var at = from; at <= last; at++)
                {
                    foreach (var shape in shapes)
                    {
                        for (var carried = 1; carried < 1 << items.Count; carried++)
                        {
                            if (int.PopCount(carried) <= shape.Capacity)
                            {
                                next.Add((served | Serves(demands, items, served, at, shape, carried), at));
                            }
                        }
                    }
                }
            }

            states = next;
        }
    }

    private static int Serves(IReadOnlyList<BoundDemand> demands, List<string> items, int served, long at, BoundShape shape, int carried)
    {
        var serves = 0;
        for (var i = 0; i < demands.Count; i++)
        {
            var demand = demands[i];
            if (demand.Begin <= at && at <= demand.End
                && shape.Covers.Contains(demand.Shape)
                && (carried & (1 << items.IndexOf(demand.Item))) != 0
                && (demand.After < 0 || (served & (1 << demand.After)) != 0))
            {
                serves |= 1 << i;
            }
        }

        return serves;
    }
}
