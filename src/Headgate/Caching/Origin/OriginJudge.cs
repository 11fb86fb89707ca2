using Headgate.Catalogue;

namespace Headgate.Caching;

/// <summary>What a stored response is worth to a request (RFC 9111 §4, §5.2.1). Pure.</summary>
internal static class OriginJudge
{
    /// <summary>The demand as an origin's own headers are judged by: client profiles say nothing here.</summary>
    public static Freshness Stated(Demand demand) => demand.Freshness with { ProfileTtl = null, ProfileStale = null };

    public static Verdict Judge(Entry entry, in Freshness stated, FreshnessModel endpoint, EngineTime now, DateTimeOffset wall)
    {
        if (stated.NoStore)
        {
            // The asker wants nothing to do with what is kept.
            return Verdict.Unusable;
        }

        var verdict = FreshnessJudge.Judge(entry, stated, endpoint, now, wall);
        if (verdict == Verdict.StaleIfFailing && stated.MaxAge is null && stated.MinFresh is null
            && OriginFreshness.DirectivesFor(entry.Headers).StaleWhileRevalidate is { } window && now <= entry.FreshUntil + window)
        {
            return Verdict.StaleRevalidate;
        }

        return verdict;
    }
}
