using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.Upstream;

namespace Headgate.Flights;

/// <summary>Puts what flights brought, or what may stand in for it, in the place of one demand's missing items. Used once.</summary>
internal sealed class Landing(
    PlanTies ties, Demand demand, EngineTime askedAt, bool mayUseEntries, Entry?[] entries, Verdict[] verdicts, FetchTally tally)
{
    private Dictionary<Flight, Refusal>? _overdue;

    /// <summary>Why any of the items is stale, or null.</summary>
    public string? StaleReason { get; private set; }

    /// <summary>What the upstream said to the call of the last item, or null.</summary>
    public int? ForwardStatus { get; private set; }

    /// <summary>Leaves what has not landed in time.</summary>
    public void Leave(IReadOnlyList<Boarding> boardings, Waiter waiter)
    {
        for (var i = 0; i < boardings.Count; i++)
        {
            if (boardings[i].Flight is { Outcome: null } flight)
            {
                (_overdue ??= [])[flight] = flight.State == WorkState.Queued ? ties.Provider.Dispatcher.RefusalFor(flight) : Refusals.Overdue;
                ties.Provider.Dispatcher.Leave(flight, waiter);
            }
        }
    }

    /// <summary>Fills the items' places.</summary>
    /// <returns>The outcome that answers the whole demand instead, or null.</returns>
    public FlightOutcome? Land(List<int> indexes, IReadOnlyList<Boarding> boardings)
    {
        var now = ties.Provider.Clock.Now;
        var wall = ties.Provider.Clock.WallNow;
        var mayServe = mayUseEntries && ties.MayServe(now);
        StaleReason = verdicts.Length > indexes.Count && KeepsStale(indexes) ? StaleReasons.MaxStale : null;
        for (var i = 0; i < indexes.Count; i++)
        {
            tally.Landed(boardings[i]);
        }

        for (var i = 0; i < indexes.Count; i++)
        {
            var index = indexes[i];
            if (boardings[i].Held is { } held)
            {
                (entries[index], verdicts[index]) = (held, Verdict.Fresh);
                continue;
            }

            var outcome = OutcomeOf(boardings[i]);
            if (outcome is FlightOutcome.Answered answered)
            {
                var entry = Shaped(answered.Entry, index);
                (entries[index], verdicts[index]) = (mayServe ? Newest(entry, index, now, wall) : entry, Verdict.Fresh);
                ForwardStatus = entries[index]!.Status;
            }
            else if (mayServe && StaleReasons.Of(outcome) is { } reason && CanStandIn(index, now, wall))
            {
                if (verdicts[index] < Verdict.Fresh)
                {
                    StaleReason = reason;
                    tally.StoodIn(boardings[i]);
                }
            }
            else
            {
                return outcome;
            }
        }

        return null;
    }

    // Stale as far as the client allows, and not fetched.
    private bool KeepsStale(List<int> indexes)
    {
        var next = 0;
        for (var i = 0; i < verdicts.Length; i++)
        {
            if (next < indexes.Count && indexes[next] == i)
            {
                next++;
            }
            else if (verdicts[i] == Verdict.StaleAllowed)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Looked up again: while it waited the entry may have passed its ceiling, or a newer one may have come with somebody else's call.</summary>
    private bool CanStandIn(int index, EngineTime now, DateTimeOffset wall)
    {
        (entries[index], verdicts[index]) = ties.Find(index, demand.Freshness, now, wall);
        return verdicts[index] >= Verdict.StaleIfFailing;
    }

    private FlightOutcome OutcomeOf(in Boarding boarding)
    {
        if (boarding.Refusal is { } refusal)
        {
            return new FlightOutcome.Failed(OutcomeKind.Limited, refusal);
        }

        var flight = boarding.Flight!;
        return _overdue is not null && _overdue.TryGetValue(flight, out var overdue)
            ? flight.LastFailure ?? new FlightOutcome.Failed(OutcomeKind.Transient, overdue)
            : flight.Outcome!;
    }

    /// <summary>
    /// What a slow flight brought may be older than what is held by now through another credential's flight; nobody is shown data going back in time
    /// while newer data meets his bounds.
    /// </summary>
    private Entry Newest(Entry landed, int index, EngineTime now, DateTimeOffset wall)
    {
        var (held, _) = ties.Find(index, demand.Freshness, now, wall);
        return held is not null && !EntryCache.IsNewer(landed, held) && FreshnessJudge.MayJoin(demand.Freshness, ties.Plan.Endpoint.Freshness, askedAt, held.SentAt)
            ? held
            : landed;
    }

    /// <summary>A flight may have brought a larger shape than was asked.</summary>
    private Entry Shaped(Entry entry, int index)
    {
        var key = ties.Items[index].Key;
        if (string.Equals(entry.Key.Endpoint, key.Endpoint, StringComparison.Ordinal))
        {
            return entry;
        }

        var shape = ties.Plan.Endpoint.Larger.First(larger => string.Equals(larger.Endpoint.Id, entry.Key.Endpoint, StringComparison.Ordinal));
        return Projection.Of(entry, shape, key) ?? throw new InvalidOperationException($"{entry.Key} lacks a member of {key.Endpoint}; its required members are wrong.");
    }
}
