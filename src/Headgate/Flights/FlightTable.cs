using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Dispatch;

namespace Headgate.Flights;

/// <summary>What is in flight, by item and credential. Guarded by the dispatcher's lock.</summary>
internal sealed class FlightTable
{
    private readonly Dictionary<(ItemKey Item, IdentityHash Credential), Flight> _flights = [];

    /// <summary>Joins a flight of this item or of a larger shape of it, if its answer will be fresh enough for the demand.</summary>
    public Flight? Join(Demand demand, Waiter waiter, in PlannedItem item, EngineTime askedAt, EngineTime deadline)
    {
        var credential = demand.Plan.Identity.Credential;
        var flight = Find(item.Key, credential, demand, askedAt);
        foreach (var larger in demand.Plan.Endpoint.Larger)
        {
            flight ??= Find(item.Key with { Endpoint = larger.Endpoint.Id }, credential, demand, askedAt);
        }

        if (flight is null)
        {
            return null;
        }

        flight.Admit(waiter);
        flight.Store |= !demand.Freshness.NoStore;
        flight.Hasten(demand.Urgency, deadline);
        if (demand.Urgency.IsUrgent)
        {
            flight.Group.LingerUntil = default;
        }

        return flight;
    }

    /// <summary>Adds a flight. One too old for the new demand may still be under way; the newer takes its place for those who ask from now on.</summary>
    public void Add(Flight flight) => _flights[(flight.Item.Key, flight.Credential)] = flight;

    /// <summary>Is this item in flight for this credential?</summary>
    public bool Has(in ItemKey item, IdentityHash credential) => _flights.ContainsKey((item, credential));

    public void Remove(Flight flight)
    {
        var key = (flight.Item.Key, flight.Credential);
        if (_flights.TryGetValue(key, out var current) && ReferenceEquals(current, flight))
        {
            _flights.Remove(key);
        }
    }

    private Flight? Find(in ItemKey key, IdentityHash credential, Demand demand, EngineTime askedAt) =>
        _flights.TryGetValue((key, credential), out var found) && found.Leader.Plan.Provider.BaseUrl == demand.Plan.Provider.BaseUrl && FreshnessJudge.MayJoin(demand.Freshness, demand.Plan.Endpoint.Freshness, askedAt, found.SentAt) ? found : null;
}
