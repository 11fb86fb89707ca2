using Headgate.Catalogue;

namespace Headgate.Caching;

/// <summary>Finds the best entry for an asked item: its own shape, or one cut from a larger shape. Allocates nothing once projections are made.</summary>
internal static class EntryFinder
{
    public static (Entry? Entry, Verdict Verdict) Find(
        EntryBook entries, EndpointModel endpoint, in ItemKey key, in Freshness freshness, EngineTime now, DateTimeOffset wall)
    {
        var best = entries.Find(key);
        var verdict = best is null ? Verdict.Unusable : FreshnessJudge.Judge(best, freshness, endpoint.Freshness, now, wall);
        foreach (var larger in endpoint.Larger)
        {
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
