using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.Refresh;

namespace Headgate.Dispatch;

/// <summary>Gives the seats that a call has to spare to watched items, and to items with a rhythm, where that costs nothing. Guarded by the dispatcher's lock.</summary>
/// <remarks>
/// Whoever waits has boarded before, so nobody is displaced. What travels in a spare seat has no waiter: when its call fails it is dropped, never
/// retried, and a batch that is taken apart because of one item leaves it behind.
/// </remarks>
internal sealed class SeatFiller(WatchedItems watched, RhythmBook rhythms)
{
    // A call grows by no more than this for items with a rhythm: their bytes cost time even where their seats cost nothing.
    private const int RhythmsMax = 200;

    /// <summary>Notes that a client asks for an item of which nothing fresh is held.</summary>
    public void Missed(Demand demand, in PlannedItem item, EngineTime now) => rhythms.Missed(demand, item, now);

    /// <summary>The call's work, and after it what rides along.</summary>
    public IReadOnlyList<Work> Fill(IReadOnlyList<Work> works, FlightTable flights, EngineTime now)
    {
        if (works[0] is not Flight { Tag: null } first || !first.Group.Batches || works.Any(static work => work.Urgency.IsUrgent))
        {
            return works;
        }

        var group = first.Group;
        var spare = Spare(group, works.Count);
        // Where one bad item fails a whole call, an item that never came travels with its askers alone: taking such a call apart costs further calls.
        if (spare == 0 || (group.Endpoint.Batch!.AllOrNothing && !works.All(work => work is Flight flight && watched.IsKnown(flight.Item.Key))))
        {
            return works;
        }

        var offered = Offers(group, first, now)
            .Where(offer => !flights.Has(offer.Item.Key, first.Credential))
            .DistinctBy(offer => offer.Item.Key)
            .Take(spare)
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
            rhythms.Renewed(group.Variant!, offer.Item.Key, now);
        }

        return filled;
    }

    private IEnumerable<(PlannedItem Item, Demand Leader)> Offers(WorkGroup group, Flight first, EngineTime now)
    {
        var watches = watched.Wanted(group.Variant!, group.Endpoint, now).Select(static item => (item.Item, item.Leader));
        return first.Leader.Freshness.NoStore
            ? watches
            : watches.Concat(rhythms.Wanted(group.Variant!, group.Endpoint, now).Take(RhythmsMax).Select(item => (item, first.Leader)));
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
