using Headgate.Flights;

namespace Headgate.Dispatch;

/// <summary>Fills a call: which of the waiting items travel with the one whose turn it is. Pure.</summary>
internal static class BatchPlanner
{
    /// <param name="first">The item whose turn it is.</param>
    /// <param name="queue">Items waiting in its group, in order of arrival.</param>
    /// <param name="now">For back-off and deadlines.</param>
    /// <param name="fits">How many of these item names fit into one call, by count and by length of the target.</param>
    /// <param name="costOf">Permits of a call with this many items: a seat that costs more than the first is left empty.</param>
    public static IReadOnlyList<Flight> Fill(Flight first, IReadOnlyList<Work> queue, EngineTime now, Func<IReadOnlyList<Flight>, int> fits, Func<int, long> costOf)
    {
        List<Flight> candidates = [first];
        foreach (var work in queue)
        {
            if (work is Flight flight && !ReferenceEquals(flight, first) && ReferenceEquals(flight.Tag, first.Tag) && flight.NotBefore <= now)
            {
                candidates.Add(flight);
            }
        }

        return candidates.GetRange(0, Seats(Math.Clamp(fits(candidates), 1, candidates.Count), costOf));
    }

    /// <summary>How many of these items travel in one call: the most at which an item is cheapest.</summary>
    /// <remarks>The 21st symbol of Binance's day ticker costs 40 instead of 2: two calls of 2 are cheaper than one of 40.</remarks>
    public static int Seats(int items, Func<int, long> costOf)
    {
        var best = 1;
        for (var count = 2; count <= items; count++)
        {
            // cost(count) / count <= cost(best) / best, in integers.
            if ((Int128)costOf(count) * best <= (Int128)costOf(best) * count)
            {
                best = count;
            }
        }

        return best;
    }
}
