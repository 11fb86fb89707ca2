using System.Collections.Frozen;
using Headgate.Caching;
using Headgate.Catalogue;

namespace Headgate.Refresh;

/// <summary>What is watched, by what can share a call: replaced whole at each change, read under the dispatchers' locks. Thread-safe.</summary>
internal sealed class WatchedItems(EntryBook entries)
{
    private FrozenDictionary<CallVariant, WatchedItem[]> _items = FrozenDictionary<CallVariant, WatchedItem[]>.Empty;

    public void Replace(IEnumerable<(CallVariant Variant, WatchedItem Item)> items) => Volatile.Write(
        ref _items,
        items.GroupBy(pair => pair.Variant, pair => pair.Item).ToFrozenDictionary(
            group => group.Key,
            group => group.GroupBy(item => item.Item.Key).Select(same => same.MinBy(item => item.Interval)!).ToArray()));

    /// <summary>Has the upstream given this item before?</summary>
    public bool IsKnown(in ItemKey item) => entries.Find(item) is { IsNegative: false };

    /// <summary>
    /// Items of this variant whose interval is half over, the oldest first: fetching them now saves their next call. Only what is held: an item that
    /// never came may be the one that fails a whole call.
    /// </summary>
    public IEnumerable<WatchedItem> Wanted(CallVariant variant, EndpointModel endpoint, EngineTime now)
    {
        if (!Volatile.Read(ref _items).TryGetValue(variant, out var items))
        {
            return [];
        }

        List<(EngineTime SentAt, WatchedItem Item)> wanted = [];
        foreach (var item in items)
        {
            if (ReferenceEquals(item.Leader.Plan.Endpoint, endpoint)
                && entries.Find(item.Item.Key) is { IsNegative: false, IsRefusal: false } entry
                && WatchRest.Until(entry, endpoint, item.Interval / 2) <= now)
            {
                wanted.Add((entry.SentAt, item));
            }
        }

        return wanted.OrderBy(pair => pair.SentAt).Select(pair => pair.Item);
    }
}

/// <summary>One item of a watch.</summary>
/// <param name="Item">The item.</param>
/// <param name="Leader">The ask it belongs to.</param>
/// <param name="Interval">How often it is wanted.</param>
internal sealed record WatchedItem(PlannedItem Item, Demand Leader, TimeSpan Interval);
