using Headgate.Catalogue;

namespace Headgate.Caching;

/// <summary>Decides what an entry is worth to a demand. Pure; allocates nothing.</summary>
/// <remarks>
/// Bounds are judged at the moment of the ask: an answer just fetched is older than zero when it arrives, and yet the newest there is.
/// All comparisons are inclusive in engine ticks.
/// </remarks>
internal static class FreshnessJudge
{
    public static Verdict Judge(Entry entry, in Freshness demand, FreshnessModel endpoint, EngineTime now, DateTimeOffset wall)
    {
        if (demand.AsOfMax is { } asOfMax && (entry.AsOf is not { } asOf || wall - asOf > asOfMax))
        {
            return Verdict.Unusable;
        }

        if (demand.NotBefore is { } notBefore)
        {
            return entry.SentAt >= notBefore ? Verdict.Fresh : Verdict.Unusable;
        }

        var bound = Bound(entry, demand);
        if (now <= bound && (demand.MinFresh is not { } minFresh || now + minFresh <= bound))
        {
            // Zero means "fetch", also within the tick in which the entry was sent.
            if (demand.MaxAge == TimeSpan.Zero)
            {
                return Verdict.Unusable;
            }

            if (bound > entry.SentAt)
            {
                return Verdict.Fresh;
            }
        }

        return JudgeStale(entry, demand, endpoint, now, bound);
    }

    /// <summary>Is it <see cref="Verdict.Fresh"/> for a demand that states nothing? What is asked two hundred times for a merged answer.</summary>
    public static bool IsFreshByItself(Entry entry, EngineTime now) => now <= entry.FreshUntil && entry.FreshUntil > entry.SentAt;

    /// <summary>Until when the entry is fresh for this demand.</summary>
    public static EngineTime Bound(Entry entry, in Freshness demand)
    {
        var bound = entry.FreshUntil;
        if (demand.ProfileTtl is { } profile && !entry.IsNegative)
        {
            bound = entry.SentAt + profile;
        }

        // max-age only ever restricts (http-contract "Freshness").
        return demand.MaxAge is { } maxAge ? EngineTime.Min(bound, entry.SentAt + maxAge) : bound;
    }

    private static Verdict JudgeStale(Entry entry, in Freshness demand, FreshnessModel endpoint, EngineTime now, EngineTime bound)
    {
        if (demand.MaxAge == TimeSpan.Zero || now > entry.StaleUntil)
        {
            return Verdict.Unusable;
        }

        if (demand.MaxStale is { } maxStale && now <= bound + maxStale)
        {
            return Verdict.StaleAllowed;
        }

        if (demand.MaxAge is null && demand.MaxStale is null)
        {
            var ceiling = demand.ProfileStale is { } profileStale
                ? EngineTime.Min(entry.StaleUntil, entry.SentAt + profileStale)
                : entry.StaleUntil;
            if (now > ceiling)
            {
                return demand.StaleIfError is { } ifError && now <= bound + ifError ? Verdict.StaleIfFailing : Verdict.Unusable;
            }

            return endpoint.Revalidate > TimeSpan.Zero && demand.MinFresh is null && now <= bound + endpoint.Revalidate
                ? Verdict.StaleRevalidate
                : Verdict.StaleIfFailing;
        }

        return demand.StaleIfError is { } staleIfError && now <= bound + staleIfError ? Verdict.StaleIfFailing : Verdict.Unusable;
    }

    /// <summary>May a demand made at this time take the answer of a call sent then?</summary>
    /// <remarks>
    /// A ttl is a bound like any other: a call that has been under way for longer brings data too old already. What is never fresh by itself (a zero
    /// ttl: positions, holdings) must be sent after the ask, so that an order just placed shows.
    /// </remarks>
    public static bool MayJoin(in Freshness demand, FreshnessModel endpoint, EngineTime askedAt, EngineTime sentAt)
    {
        if (demand.NotBefore is { } notBefore)
        {
            return sentAt >= notBefore;
        }

        var ttl = demand.ProfileTtl ?? (endpoint.Kind == FreshnessKind.Fixed ? endpoint.Ttl : (TimeSpan?)null);
        var bound = demand.MaxAge is { } stated && (ttl is null || stated < ttl) ? stated : ttl;
        return bound is not { } maxAge || sentAt + maxAge >= askedAt;
    }
}
