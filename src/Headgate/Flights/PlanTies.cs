using System.Diagnostics.CodeAnalysis;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.History;
using Headgate.Reports;

namespace Headgate.Flights;

/// <summary>What an engine has looked up for a plan, so that asking by the same plan again looks nothing up by name. Thread-safe.</summary>
internal sealed class PlanTies
{
    // Most plans ask one item: it stands here, so that a hit reads no array.
    private readonly ItemKey _first;
    private readonly int _firstHash;
    private readonly int[] _hashes = [];
    private EntitlementCell? _entitlement;

    public PlanTies(ProviderContext provider, RequestPlan plan)
    {
        Provider = provider;
        Counters = provider.Stats.Of(plan.Endpoint);
        DirectCalls = Fetcher.DirectCalls(plan);
        DirectCredits = Fetcher.DirectCredits(plan);
        Items = plan.Items as PlannedItem[] ?? [.. plan.Items];
        Range = provider.History is null ? null : plan.Range;
        Plan = plan;
        IsOrigin = plan.Endpoint is { Freshness.IsOrigin: true, Batch: null };
        if (Items.Length > 0)
        {
            _first = Items[0].Key;
            _firstHash = provider.Entries.HashOf(_first);
        }

        if (Items.Length > 1)
        {
            _hashes = new int[Items.Length];
            for (var i = 0; i < _hashes.Length; i++)
            {
                _hashes[i] = provider.Entries.HashOf(Items[i].Key);
            }
        }
    }

    public RequestPlan Plan { get; }

    public ProviderContext Provider { get; }

    /// <summary>The upstream's own headers decide.</summary>
    public bool IsOrigin { get; }

    public EndpointCounters Counters { get; }

    /// <summary>Calls the client would have made itself.</summary>
    public int DirectCalls { get; }

    /// <summary>What those calls would have cost in credits.</summary>
    public long DirectCredits { get; }

    public PlannedItem[] Items { get; }

    /// <summary>The candles asked for, where history is kept; null for everything else.</summary>
    public RangeRequest? Range { get; }

    /// <summary>
    /// May this caller be given entries of the endpoint? Of an account's own too only with a credential that the upstream has accepted: to name an
    /// account is not to prove it.
    /// </summary>
    public bool MayServe(EngineTime now)
    {
        var endpoint = Plan.Endpoint;
        if (!endpoint.Cacheable || endpoint.Scope == EndpointScope.Public)
        {
            return endpoint.Cacheable;
        }

        if (_entitlement is { } known && now <= known.Until)
        {
            return true;
        }

        _entitlement = Provider.Entitlements.Find(Plan.Provider.Name, endpoint.Class, Plan.Identity.Credential);
        return _entitlement is { } found && now <= found.Until;
    }

    /// <summary>The best entry for the only item.</summary>
    public (Entry? Entry, Verdict Verdict) FindOnly(in Freshness freshness, EngineTime now, DateTimeOffset wall) =>
        EntryFinder.Find(Provider.Entries, Plan.Endpoint, _first, _firstHash, freshness, now, wall);

    /// <summary>Brings what the looks at the plan's items will read near the processor.</summary>
    public void Approach() => Provider.Entries.Approach(_hashes);

    /// <summary>The entry for one of several items that is fresh by itself, where only the item's own shape can be; else null, which tells nothing.</summary>
    public Entry? FindFresh(int index, EngineTime now) =>
        Plan.Endpoint.Larger.Count == 0 && Provider.Entries.Find(Items[index].Key, _hashes[index]) is { } entry && FreshnessJudge.IsFreshByItself(entry, now) ? entry : null;

    /// <summary>Is there a fresh entry for one of the plan's items?</summary>
    public bool IsFresh(int index, in Freshness freshness, EngineTime now, DateTimeOffset wall, [NotNullWhen(true)] out Entry? entry)
    {
        (entry, var verdict) = Find(index, freshness, now, wall);
        return verdict == Verdict.Fresh && entry is not null;
    }

    /// <summary>The best entry for one of the plan's items.</summary>
    public (Entry? Entry, Verdict Verdict) Find(int index, in Freshness freshness, EngineTime now, DateTimeOffset wall) =>
        EntryFinder.Find(Provider.Entries, Plan.Endpoint, Items[index].Key, Items.Length == 1 ? _firstHash : _hashes[index], freshness, now, wall);
}
