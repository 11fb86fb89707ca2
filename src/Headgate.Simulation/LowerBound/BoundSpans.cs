namespace Headgate.Simulation;

/// <summary>Cuts demands where no interval crosses: such spans share no call and are bounded one by one.</summary>
internal static class BoundSpans
{
    public static IEnumerable<IReadOnlyList<BoundDemand>> Split(IReadOnlyList<BoundDemand> demands)
    {
        var order = Enumerable.Range(0, demands.Count).OrderBy(i => demands[i].Begin).ToArray();
        var place = new int[demands.Count];
        var span = new List<BoundDemand>();
        var end = long.MinValue;
        var first = 0;
        for (var n = 0; n < order.Length; n++)
        {
            var demand = demands[order[n]];
            if (span.Count > 0 && demand.Begin > end)
            {
                yield return Linked(span, place, first, n);
                span = [];
                first = n;
            }

            place[order[n]] = n;
            span.Add(demand);
            end = Math.Max(end, demand.End);
        }

        if (span.Count > 0)
        {
            yield return Linked(span, place, first, order.Length);
        }
    }

    // What a demand depends on was answered before its span when it is not in it: spans follow each other in time.
    private static List<BoundDemand> Linked(List<BoundDemand> span, int[] place, int first, int next)
    {
        for (var i = 0; i < span.Count; i++)
        {
            if (span[i].After is >= 0 and var parent)
            {
                var at = place[parent];
                span[i] = span[i] with { After = at >= first && at < next ? at - first : -1 };
            }
        }

        return span;
    }
}
