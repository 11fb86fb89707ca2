using System.Buffers;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.Explain;
using Headgate.History;
using Headgate.Reports;
using Headgate.Upstream;

namespace Headgate.Flights;

/// <summary>Takes the joint decision for safe reads: fresh, stale within both allowances, fetch, stale on failure, refuse.</summary>
internal sealed class Fetcher
{
    private readonly EngineClock _clock;
    private readonly ExplainLog _explain;

    public Fetcher(EngineClock clock, ExplainLog explain)
    {
        _clock = clock;
        _explain = explain;
    }

    /// <summary>Answers from memory alone. False leaves everything as it was.</summary>
    public bool TryFetch(PlanTies ties, Demand demand, out FetchResult result)
    {
        var plan = demand.Plan;
        var now = _clock.Now;
        if (ties.Provider.Modes.Of(plan, demand.Client) != GateMode.On)
        {
            result = default;
            return false;
        }

        // What this very credential was told needs no entitlement.
        if (ties.Provider.PlanRefusals.Find(plan, demand.Freshness, now) is { } refused)
        {
            result = new FetchResult { Kind = FetchKind.Hit, Single = refused, Count = 1, Age = now - refused.SentAt, Ttl = refused.FreshUntil - now };
            CountHit(ties, demand, now, result.Age);
            return true;
        }

        if (!ties.MayServe(now))
        {
            result = default;
            return false;
        }

        if (ties.IsOrigin)
        {
            var hits = OriginFetch.TryHit(ties, demand, now, out result);
            if (hits)
            {
                CountHit(ties, demand, now, result.Age);
            }

            return hits;
        }

        if (ties.Range is { } range)
        {
            return TryRange(ties.Provider.History!, range, ties, demand, now, out result);
        }

        // What was stated of stale answers is for later: here only a fresh one counts.
        if (demand.HasBounds ? TryItems(ties, demand.Freshness, now, states: true, out result) : TryItems(ties, default, now, states: false, out result))
        {
            CountHit(ties, demand, now, result.Age);
            return true;
        }

        return false;
    }

    /// <summary>Answers, fetching what is missing.</summary>
    /// <param name="ties">What the engine knows of the demand's plan.</param>
    /// <param name="demand">What is asked.</param>
    /// <param name="shadow">Only observe: every item is fetched by a call of its own and kept, and what would have been served is noted.</param>
    /// <param name="cancellation">The asker leaves.</param>
    public async ValueTask<FetchResult> FetchAsync(PlanTies ties, Demand demand, bool shadow, CancellationToken cancellation)
    {
        var askedAt = _clock.Now;
        var trace = _explain.Open(demand.RequestId, askedAt, demand.Plan, demand.Client);
        if (ties.IsOrigin)
        {
            return await FetchOriginAsync(ties, demand, askedAt, shadow, trace, cancellation);
        }

        if (demand.IsRefresh)
        {
            return await new Fetch(ties, demand, askedAt, shadow, trace).RunAsync(cancellation);
        }

        ties.Counters.Asked(ties.Items.Length, ties.DirectCalls, ties.DirectCredits);
        bool? observed = null;
        if (shadow && ties.Range is { } watched)
        {
            observed = await RangeFetch.WouldHitAsync(ties, demand, watched, askedAt, trace, cancellation);
            demand = RangeFetch.Whole(demand, watched);
            ties = new PlanTies(ties.Provider, demand.Plan);
        }
        else if (ties.Range is { } range)
        {
            var candles = new RangeFetch(ties, ties.Provider.History!, demand, range, askedAt, trace);
            if (await candles.RunAsync(cancellation) is { } assembled)
            {
                Count(ties, demand, trace, assembled, candles.Tally);
                return assembled;
            }
        }

        var fetch = new Fetch(ties, demand, askedAt, shadow, trace) { Observed = observed };
        var result = await fetch.RunAsync(cancellation);
        if (fetch.Tally.WouldHit)
        {
            ties.Counters.WouldHaveHit(ties.Items.Length);
        }

        Count(ties, demand, trace, result, fetch.Tally);
        return result;
    }

    private async ValueTask<FetchResult> FetchOriginAsync(PlanTies ties, Demand demand, EngineTime askedAt, bool shadow, ExplainTrace trace, CancellationToken cancellation)
    {
        var origin = new OriginFetch(ties, demand, askedAt, shadow, trace);
        if (demand.IsRefresh)
        {
            return await origin.RunAsync(cancellation);
        }

        ties.Counters.Asked(ties.Items.Length, ties.DirectCalls, ties.DirectCredits);
        var result = await origin.RunAsync(cancellation);
        if (origin.Tally.WouldHit)
        {
            ties.Counters.WouldHaveHit(1);
        }

        Count(ties, demand, trace, result, origin.Tally);
        return result;
    }

    /// <summary>Calls the client would have made itself.</summary>
    public static int DirectCalls(RequestPlan plan) =>
        plan.Endpoint.Batch is { } batch ? Math.Max(1, (plan.Items.Count + batch.Max - 1) / batch.Max) : 1;

    /// <summary>What those calls would have cost in credits.</summary>
    public static long DirectCredits(RequestPlan plan)
    {
        var credits = plan.Endpoint.Credits;
        if (plan.Endpoint.Batch is not { } batch)
        {
            return credits.For(1);
        }

        var (full, rest) = Math.DivRem(Math.Max(1, plan.Items.Count), batch.Max);
        return (full * credits.For(batch.Max)) + (rest == 0 ? 0 : credits.For(rest));
    }

    private void Count(PlanTies ties, Demand demand, ExplainTrace trace, in FetchResult result, FetchTally tally)
    {
        if (result.Kind == FetchKind.Refused)
        {
            ties.Counters.RefusedOne(result.Refusal!.Kind);
            trace.Add(_clock.Now, "refused", $"{result.Refusal.Status}: {result.Refusal.Detail}");
            if (ties.Provider.Events.IsWatched)
            {
                ties.Provider.Events.Publish(new EngineEvent(_clock.Now, "refusal", demand.Plan.Endpoint.Id, $"{result.Refusal.Status}: {result.Refusal.Detail}", demand.RequestId));
            }
        }
        else
        {
            ties.Counters.Answered(tally.Fresh, tally.Joined, tally.Started, tally.Stale, result.Age);
        }
    }

    private void CountHit(PlanTies ties, Demand demand, EngineTime now, TimeSpan age)
    {
        ties.Counters.Hit(ties.Items.Length, ties.DirectCalls, ties.DirectCredits, age);
        if (demand.RequestId != 0)
        {
            _explain.Hit(demand.RequestId, now, demand.Plan, demand.Client, age);
        }
    }

    private bool TryRange(HistoryBook history, RangeRequest range, PlanTies ties, Demand demand, EngineTime now, out FetchResult result)
    {
        var view = history.View(range, demand, now);
        if (view.Verdict != Verdict.Fresh || view.Answer is not { } answer)
        {
            result = default;
            return false;
        }

        result = RangeFetch.Hit(answer, demand, now);
        CountHit(ties, demand, now, result.Age);
        return true;
    }

    /// <param name="ties">What is asked.</param>
    /// <param name="freshness">What the demand states.</param>
    /// <param name="now">Now.</param>
    /// <param name="states">Does it state anything?</param>
    /// <param name="result">The hit.</param>
    private bool TryItems(PlanTies ties, in Freshness freshness, EngineTime now, bool states, out FetchResult result)
    {
        var wall = freshness.AsOfMax is null ? default : _clock.WallNow;
        return ties.Items.Length == 1 ? TryOne(ties, freshness, now, wall, out result) : TryMany(ties, freshness, now, wall, states, out result);
    }

    private static bool TryOne(PlanTies ties, in Freshness freshness, EngineTime now, DateTimeOffset wall, out FetchResult result)
    {
        var (entry, verdict) = ties.FindOnly(freshness, now, wall);
        if (verdict != Verdict.Fresh)
        {
            result = default;
            return false;
        }

        entry!.WasServed = true;
        result = new FetchResult
        {
            Kind = FetchKind.Hit,
            Single = BareItem.Shaped(ties.Plan, entry),
            Count = 1,
            Age = now - entry.SentAt,
            Ttl = FreshnessJudge.Bound(entry, freshness) - now,
        };
        return true;
    }

    private static bool TryMany(PlanTies ties, in Freshness freshness, EngineTime now, DateTimeOffset wall, bool states, out FetchResult result)
    {
        var count = ties.Items.Length;
        var entries = ArrayPool<Entry>.Shared.Rent(Math.Max(1, count));
        var oldest = EngineTime.Never;
        var bound = EngineTime.Never;
        ties.Approach();
        for (var i = 0; i < count; i++)
        {
            var entry = states ? null : ties.FindFresh(i, now);
            if (entry is null && !ties.IsFresh(i, freshness, now, wall, out entry))
            {
                ArrayPool<Entry>.Shared.Return(entries, clearArray: true);
                result = default;
                return false;
            }

            if (entry.IsRefusal)
            {
                ArrayPool<Entry>.Shared.Return(entries, clearArray: true);
                result = new FetchResult { Kind = FetchKind.Hit, Single = entry, Count = 1, Age = now - entry.SentAt, Ttl = FreshnessJudge.Bound(entry, freshness) - now };
                return true;
            }

            entry.WasServed = true;
            entries[i] = entry;
            oldest = EngineTime.Min(oldest, entry.SentAt);
            bound = EngineTime.Min(bound, FreshnessJudge.Bound(entry, freshness));
        }

        result = new FetchResult { Kind = FetchKind.Hit, Items = entries, Count = count, Age = now - oldest, Ttl = bound - now };
        return count > 0;
    }
}
