namespace Headgate.History;

/// <summary>Turns what is missing of a range into the fewest calls. Pure.</summary>
internal static class GapPlanner
{
    /// <param name="missing">Ascending and disjoint.</param>
    /// <param name="maxSpan">Longest distance between the bounds of one call.</param>
    /// <param name="horizon">Nothing at or after this second is asked for: it lies in the future.</param>
    /// <returns>Ascending ranges, each for one call. What lies between two gaps is asked for again where one call then does for both.</returns>
    public static IReadOnlyList<InstantRange> Plan(IReadOnlyList<InstantRange> missing, TimeSpan maxSpan, long horizon)
    {
        // Both bounds are inclusive upstream: bounds maxSpan apart would bring a second more, which is left to the next call.
        var secondsMax = Math.Max(1, (long)maxSpan.TotalSeconds);
        List<InstantRange> calls = [];
        foreach (var gap in missing)
        {
            var rest = gap with { End = Math.Min(gap.End, horizon) };
            if (calls.Count > 0 && !rest.IsEmpty && rest.Start < calls[^1].Start + secondsMax)
            {
                // Filling the call before as far as it reaches needs the fewest calls: leftmost-greedy cover by intervals of one length.
                var reach = Math.Min(rest.End, calls[^1].Start + secondsMax);
                calls[^1] = calls[^1] with { End = reach };
                rest = rest with { Start = reach };
            }

            while (!rest.IsEmpty)
            {
                var call = rest with { End = Math.Min(rest.End, rest.Start + secondsMax) };
                calls.Add(call);
                rest = rest with { Start = call.End };
            }
        }

        return calls;
    }
}
