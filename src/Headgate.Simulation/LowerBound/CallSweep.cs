namespace Headgate.Simulation;

/// <summary>Makes a call at the earliest end among what is not served yet, filled with what ends first, and again until all is served.</summary>
/// <remarks>
/// Moving the first call right to the earliest end loses nothing, so with enough seats for every item no schedule makes fewer calls; with fewer seats it
/// is one schedule that works, and so not fewer than needed.
/// </remarks>
internal static class CallSweep
{
    /// <param name="demands">One span; dependencies index it.</param>
    /// <param name="capacity">Items per call; every call answers every shape.</param>
    public static int Count(IReadOnlyList<BoundDemand> demands, int capacity)
    {
        var byBegin = Enumerable.Range(0, demands.Count).OrderBy(i => demands[i].Begin).ToArray();
        var byEnd = Enumerable.Range(0, demands.Count).OrderBy(i => demands[i].End).ToArray();
        var served = new bool[demands.Count];
        var begun = new List<int>();
        var calls = 0;
        for (int next = 0, earliest = 0; earliest < byEnd.Length;)
        {
            if (served[byEnd[earliest]])
            {
                earliest++;
                continue;
            }

            var point = demands[byEnd[earliest]].End;
            while (next < byBegin.Length && demands[byBegin[next]].Begin <= point)
            {
                begun.Add(byBegin[next++]);
            }

            foreach (var carried in Fill(demands, begun, served, capacity))
            {
                served[carried] = true;
            }

            begun.RemoveAll(i => served[i]);
            calls++;
        }

        return calls;
    }

    private static List<int> Fill(IReadOnlyList<BoundDemand> demands, List<int> begun, bool[] served, int capacity)
    {
        var ready = begun.FindAll(i => demands[i].After < 0 || served[demands[i].After]);
        if (capacity == int.MaxValue)
        {
            return ready;
        }

        var seated = ready.OrderBy(i => demands[i].End).Select(i => demands[i].Item).Distinct(StringComparer.Ordinal).Take(capacity).ToHashSet(StringComparer.Ordinal);
        return ready.FindAll(i => seated.Contains(demands[i].Item));
    }
}
