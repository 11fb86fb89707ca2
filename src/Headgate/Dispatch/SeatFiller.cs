using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.Refresh;

namespace Headgate.Dispatch;

/// <summary>Gives the seats that a call has to spare to watched items, where that costs nothing. Guarded by the dispatcher's lock.</summary>
/// <remarks>
/// Whoever waits has boarded before, so nobody is displaced. What travels in a spare seat has no waiter: when its call fails it is dropped, never
/// retried, and a batch that is taken apart because of one item leaves it behind.
/// </remarks>
internal sealed class SeatFiller(WatchedItems watched)
{
    /// <summary>The call's work, and after it what rides along.</summary>
    public IReadOnlyList<Work> Fill(IReadOnlyList<Work> works, FlightTable flights, EngineTime now)
    {
        if (works[0] is not Flight { Tag: null } first || !first.Group.Batches || works.Any(static work => work.Urgency.IsUrgent))
        {
            return works;
        }

        var group = first.Group;
        var offered = watched.Wanted(group.Variant!, group.Endpoint, now)
            .Where(offer => !flights.Has(offer.Item.Key, first.Credential) && !works.Any(work => work is Flight flight && flight.Item.Key == offer.Item.Key))
            .Take(Spare(group, works.Count))
            .ToList();
        if (offered.Count == 0)
        {
            return works;
        }

        List<string> names = [.. works.Cast<Flight>().Select(flight => flight.Item.Text), .. offered.Select(offer => offer.Item.Text)];
        var fits = CallBuilder.Fits(first.Leader.Plan, group.Endpoint, names) - works.Count;
        List<Work> filled = [.. works];
        foreach (var offer in offered.Take(fits))
        {
            var flight = new Flight(group, offer.Item, offer.Leader, now, now + group.Endpoint.CallTimeout) { State = WorkState.Sending };
            flights.Add(flight);
            filled.Add(flight);
        }

        return filled;
    }

    /// <summary>Seats that raise neither permits nor weight nor credits.</summary>
    private static int Spare(WorkGroup group, int taken)
    {
        var seats = taken;
        while (seats < group.Endpoint.Batch!.Max && group.CostOf(seats + 1) <= group.CostOf(taken))
        {
            seats++;
        }

        return seats - taken;
    }
}
