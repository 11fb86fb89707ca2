using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Refresh;

namespace Headgate.Dispatch;

/// <summary>Items that clients keep asking for, by what can share a call. Guarded by the dispatcher's lock.</summary>
/// <remarks>
/// Seen are the asks that nothing held could answer, and of what was held whether anybody took it. An item missed and asked for before within twice the age its
/// askers accept has a rhythm: it will be wanted before what is fetched now is too old. It is dropped when nobody has taken it for three times that age.
/// Holds no credential.
/// </remarks>
internal sealed class RhythmBook(EntryBook entries)
{
    // Beyond these it forgets all and learns anew: what is left out costs a call at most.
    private const int VariantsMax = 256;
    private const int ItemsMax = 1_024;
    private const int PatienceFactor = 3;

    // Renewed nearly whenever a call leaves: seats cost nothing, and items that began apart share their calls the sooner. The scenario
    // single-asks takes 3,304 calls this way and 20,738 without.
    private const int RipeFraction = 16;

    private readonly Dictionary<CallVariant, Dictionary<ItemKey, Rhythm>> _variants = [];

    /// <summary>Notes that a client asks for an item of which nothing fresh is held.</summary>
    public void Missed(Demand demand, in PlannedItem item, EngineTime now)
    {
        if (demand.Urgency.IsBackground || demand.Freshness.NoStore || demand.Freshness.NotBefore is not null || BoundOf(demand) is not { } bound || bound <= TimeSpan.Zero)
        {
            return;
        }

        if (!_variants.TryGetValue(demand.Plan.Variant, out var items))
        {
            if (_variants.Count >= VariantsMax)
            {
                _variants.Clear();
            }

            _variants.Add(demand.Plan.Variant, items = []);
        }

        if (!items.TryGetValue(item.Key, out var rhythm))
        {
            if (items.Count >= ItemsMax)
            {
                items.Clear();
            }

            items.Add(item.Key, rhythm = new Rhythm(item));
        }

        // Kept fresh for a while it was not missed, but taken: of the entry that is too old now somebody may have been the last.
        var lastTaken = entries.Find(item.Key) is { WasServed: true } old ? EngineTime.Max(rhythm.TakenAt, old.SentAt) : rhythm.TakenAt;
        rhythm.IsWanted = lastTaken != default && now - lastTaken <= bound * 2;
        rhythm.TakenAt = now;
        rhythm.Bound = bound;
    }

    /// <summary>Items with a rhythm that were not fetched just now. Only what is held: an item that never came may fail a whole call.</summary>
    public IEnumerable<PlannedItem> Wanted(CallVariant variant, EndpointModel endpoint, EngineTime now)
    {
        if (!_variants.TryGetValue(variant, out var items))
        {
            yield break;
        }

        foreach (var rhythm in items.Values)
        {
            if (rhythm.IsWanted && now - rhythm.TakenAt <= rhythm.Bound * PatienceFactor && IsRipe(rhythm, endpoint, now))
            {
                yield return rhythm.Item;
            }
        }
    }

    /// <summary>A renewal of this item rides along.</summary>
    public void Renewed(CallVariant variant, in ItemKey item, EngineTime now)
    {
        if (_variants.TryGetValue(variant, out var items) && items.TryGetValue(item, out var rhythm))
        {
            rhythm.TakenAt = entries.Find(item) is { WasServed: true } ? now : rhythm.TakenAt;
        }
    }

    private bool IsRipe(Rhythm rhythm, EndpointModel endpoint, EngineTime now) =>
        entries.Find(rhythm.Item.Key) is { IsNegative: false, IsRefusal: false } entry && WatchRest.Until(entry, endpoint, rhythm.Bound / RipeFraction) <= now;

    private static TimeSpan? BoundOf(Demand demand)
    {
        var freshness = demand.Plan.Endpoint.Freshness;
        return demand.Freshness.MaxAge ?? demand.Freshness.ProfileTtl ?? (freshness.Kind == FreshnessKind.Fixed ? freshness.Ttl : null);
    }

    private sealed class Rhythm(PlannedItem item)
    {
        public PlannedItem Item { get; } = item;

        /// <summary>The age its last asker accepted.</summary>
        public TimeSpan Bound { get; set; }

        /// <summary>When somebody was last known to have taken it.</summary>
        public EngineTime TakenAt { get; set; }

        public bool IsWanted { get; set; }
    }
}
