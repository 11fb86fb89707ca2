namespace Headgate.Simulation;

/// <summary>The fewest calls that serve every demand (design §9): points that stab all intervals, each carrying at most its shape's capacity of items. Limits are ignored, foresight is allowed.</summary>
/// <remarks>
/// Where one call can carry every item, taking the earliest end again and again is exact. Where seats are scarce, small spans are searched exactly and
/// long ones bounded by calls (as if seats were free) and by seats (as if moments were free), whichever is more. Pure.
/// </remarks>
public static class CallBound
{
    /// <summary>Bounds the calls of one identity to endpoints whose shapes answer each other.</summary>
    /// <param name="demands">Intervals, in any order.</param>
    /// <param name="shapes">The shapes they index.</param>
    /// <param name="effort">States searched before an inexact bound is accepted; default 200,000.</param>
    /// <exception cref="ArgumentException">An interval ends before it begins, or before what it depends on can be answered.</exception>
    public static Bound Solve(IReadOnlyList<BoundDemand> demands, IReadOnlyList<BoundShape> shapes, int effort = 200_000)
    {
        var total = Bound.Zero;
        foreach (var span in BoundSpans.Split(Tighten(demands)))
        {
            total += OfSpan(span, shapes, effort);
        }

        return total;
    }

    private static Bound OfSpan(IReadOnlyList<BoundDemand> demands, IReadOnlyList<BoundShape> shapes, int effort)
    {
        var calls = CallSweep.Count(demands, int.MaxValue);
        var used = demands.Select(demand => demand.Shape).Distinct().ToList();
        var items = demands.Select(demand => demand.Item).Distinct(StringComparer.Ordinal).Count();
        var widest = shapes.Where(shape => used.TrueForAll(shape.Covers.Contains)).Select(shape => shape.Capacity).DefaultIfEmpty(0).Max();
        if (widest >= items)
        {
            return new Bound(calls, IsExact: true);
        }

        var seats = demands.GroupBy(demand => demand.Item, StringComparer.Ordinal).Sum(item => (long)CallSweep.Count([.. item.Select(Alone)], int.MaxValue));
        var largest = shapes.Max(shape => shape.Capacity);
        var bound = Math.Max(calls, (seats + largest - 1) / largest);
        if (widest > 0 && CallSweep.Count(demands, widest) == bound)
        {
            return new Bound(bound, IsExact: true);
        }

        return CallSearch.TrySolve(demands, shapes, effort) is { } fewest ? new Bound(fewest, IsExact: true) : new Bound(bound, IsExact: false);
    }

    private static BoundDemand Alone(BoundDemand demand) => demand with { After = -1 };

    // An answer needed to compute a later demand is needed by that demand's end; and the later demand cannot begin before it.
    private static BoundDemand[] Tighten(IReadOnlyList<BoundDemand> demands)
    {
        var tight = demands.ToArray();
        foreach (var i in ParentsFirst(tight))
        {
            if (tight[i].After is >= 0 and var parent)
            {
                tight[i] = tight[i] with { Begin = Math.Max(tight[i].Begin, tight[parent].Begin) };
            }
        }

        foreach (var i in ParentsFirst(tight).Reverse())
        {
            if (tight[i].After is >= 0 and var parent)
            {
                tight[parent] = tight[parent] with { End = Math.Min(tight[parent].End, tight[i].End) };
            }
        }

        return Array.TrueForAll(tight, demand => demand.Begin <= demand.End)
            ? tight
            : throw new ArgumentException("A demand ends before it, or what it depends on, begins.", nameof(demands));
    }

    private static IEnumerable<int> ParentsFirst(BoundDemand[] demands) =>
        Array.TrueForAll(demands, demand => demand.After < 0)
            ? []
            : Enumerable.Range(0, demands.Length).OrderBy(i => Depth(demands, i)).ToList();

    private static int Depth(BoundDemand[] demands, int i)
    {
        var depth = 0;
        while (demands[i].After >= 0)
        {
            i = demands[i].After;
            if (++depth > demands.Length)
            {
                throw new ArgumentException("Demands depend on each other in a circle.", nameof(demands));
            }
        }

        return depth;
    }
}
