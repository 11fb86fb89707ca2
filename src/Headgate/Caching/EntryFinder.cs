using Headgate.Catalogue;

namespace Headgate.Caching;

/// <summary>Finds the best entry for an asked item: its own shape, or one cut from a larger shape. Allocates nothing once projections are made.</summary>
internal static class EntryFinder
{
    public static (Entry? Entry, Verdict Verdict) Find(
        EntryBook entries, EndpointModel endpoint, in ItemKey key, in Freshness freshness, EngineTime now, DateTimeOffset wall) =>
        Find(entries, endpoint, key, entries.HashOf(key), freshness, now, wall);

    /// <param name="entries">Where to look.</param>
    /// <param name="endpoint">Whose item.</param>
    /// <param name="key">Which item.</param>
    /// <param name="hash">The key's.</param>
    /// <param name="freshness">What the demand states.</param>
    /// <param name="now">When it was asked.</param>
    /// <param name="wall">The same on the wall clock; read only for a bound on the data's own time.</param>
    public static (Entry? Entry, Verdict Verdict) Find(
        EntryBook entries, EndpointModel endpoint, in ItemKey key, int hash, in Freshness freshness, EngineTime now, DateTimeOffset wall)
    {
        var best = entries.Find(key, hash);
        var verdict = best is null ? Verdict.Unusable : FreshnessJudge.Judge(best, freshness, endpoint.Freshness, now, wall);
        for (var i = 0; i < endpoint.Larger.Count; i++)
        {
            var larger = endpoint.Larger[i];
            var found = entries.Find(key with { Endpoint = larger.Endpoint.Id });
            if (found is null)
            {
                continue;
            }

            var worth = FreshnessJudge.Judge(found, freshness, endpoint.Freshness, now, wall);
            if ((worth > verdict || (worth == verdict && (best is null || found.SentAt > best.SentAt))) && Projection.Of(found, larger, key) is { } projected)
            {
                (best, verdict) = (projected, worth);
            }
        }

        return (best, verdict);
    }
}
