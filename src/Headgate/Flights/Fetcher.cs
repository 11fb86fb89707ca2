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
    public bool TryFetch(ProviderContext provider, Demand demand, out FetchResult result)
    {
        var plan = demand.Plan;
        result = default;
        var now = _clock.Now;
        if (provider.Modes.Of(plan, demand.Client) != GateMode.On)
        {
            return false;
        }

        // What this very credential was told needs no entitlement.
        if (provider.PlanRefusals.Find(plan, demand.Freshness, now) is { } refused)
        {
            result = new FetchResult { Kind = FetchKind.Hit, Single = refused, Count = 1, Age = now - refused.SentAt, Ttl = refused.FreshUntil - now };
            CountHit(provider, demand, now, result);
            return true;
        }

        if (!MayServe(provider, plan, now))
        {
            return false;
        }

        if (plan.Endpoint is { Freshness.IsOrigin: true, Batch: null })
        {
            var hits = OriginFetch.TryHit(provider, demand, now, out result);
            if (hits)
            {
                CountHit(provider, demand, now, result);
            }

            return hits;
        }

        if (plan.Range is { } range && provider.History is { } history)
        {
            return TryRange(history, range, provider, demand, now, out result);
        }

        var wall = demand.Freshness.AsOfMax is null ? default : _clock.WallNow;
        var found = plan.Items.Count == 1
            ? TryOne(provider, demand, now, wall, out result)
            : TryMany(provider, demand, now, wall, out result);
        if (found)
        {
            CountHit(provider, demand, now, result);
        }

        return found;
    }

    /// <summary>Answers, fetching what is missing.</summary>
    /// <param name="provider">Whose items.</param>
    /// <param name="demand">What is asked.</param>
    /// <param name="shadow">Only observe: every item is fetched by a call of its own and kept, and what would have been served is noted.</param>
    /// <param name="cancellation">The asker leaves.</param>
    public async ValueTask<FetchResult> FetchAsync(ProviderContext provider, Demand demand, bool shadow, CancellationToken cancellation)
    {
        var askedAt = _clock.Now;
        var trace = _explain.Open(demand.RequestId, askedAt, demand.Plan, demand.Client);
        var counters = provider.Stats.Of(demand.Plan.Endpoint);
        counters.Asked(demand.Plan.Items.Count, DirectCalls(demand.Plan));
        if (demand.Plan.Endpoint is { Freshness.IsOrigin: true, Batch: null })
        {
            var origin = new OriginFetch(provider, demand, askedAt, shadow, trace);
            var answer = await origin.RunAsync(cancellation);
            counters.WouldHaveHit(origin.WouldHit ? 1 : 0);
            Count(provider, demand, trace, answer, origin.Fresh, origin.Joined, origin.Started, origin.Stale);
            return answer;
        }

        if (!shadow && demand.Plan.Range is { } range && provider.History is { } history)
        {
            var candles = new RangeFetch(provider, history, demand, range, askedAt, trace);
            if (await candles.RunAsync(cancellation) is { } assembled)
            {
                Count(provider, demand, trace, assembled, candles.Fresh, candles.Joined, candles.Started, candles.Stale);
                return assembled;
            }
        }

        var fetch = new Fetch(provider, demand, askedAt, shadow, trace);
        var result = await fetch.RunAsync(cancellation);
        if (fetch.WouldHit)
        {
            counters.WouldHaveHit(demand.Plan.Items.Count);
        }

        Count(provider, demand, trace, result, fetch.Fresh, fetch.Joined, fetch.Started, fetch.Stale);
        return result;
    }

    /// <summary>
    /// May this caller be given entries of the endpoint? Of an account's own too only with a credential that the upstream has accepted: to name an
    /// account is not to prove it.
    /// </summary>
    public static bool MayServe(ProviderContext provider, RequestPlan plan, EngineTime now) =>
        plan.Endpoint.Cacheable
        && (plan.Endpoint.Scope == EndpointScope.Public
            || provider.Entitlements.IsEntitled(plan.Provider.Name, plan.Endpoint.Class, plan.Identity.Credential, now));

    /// <summary>Calls the client would have made itself.</summary>
    public static int DirectCalls(RequestPlan plan) =>
        plan.Endpoint.Batch is { } batch ? Math.Max(1, (plan.Items.Count + batch.Max - 1) / batch.Max) : 1;

    private void Count(ProviderContext provider, Demand demand, ExplainTrace trace, in FetchResult result, int fresh, int joined, int started, int stale)
    {
        var counters = provider.Stats.Of(demand.Plan.Endpoint);
        if (result.Kind == FetchKind.Refused)
        {
            counters.RefusedOne();
            trace.Add(_clock.Now, "refused", $"{result.Refusal!.Status}: {result.Refusal.Detail}");
            if (provider.Events.IsWatched)
            {
                provider.Events.Publish(new EngineEvent(_clock.Now, "refusal", demand.Plan.Endpoint.Id, $"{result.Refusal.Status}: {result.Refusal.Detail}", demand.RequestId));
            }
        }
        else
        {
            counters.Answered(fresh, joined, started, stale, result.Age);
        }
    }

    private void CountHit(ProviderContext provider, Demand demand, EngineTime now, in FetchResult result)
    {
        var plan = demand.Plan;
        var counters = provider.Stats.Of(plan.Endpoint);
        counters.Asked(plan.Items.Count, DirectCalls(plan));
        counters.Answered(plan.Items.Count, 0, 0, 0, result.Age);
        if (demand.RequestId != 0)
        {
            _explain.Hit(demand.RequestId, now, plan, demand.Client, result.Age);
        }
    }

    private bool TryRange(HistoryBook history, RangeRequest range, ProviderContext provider, Demand demand, EngineTime now, out FetchResult result)
    {
        var view = history.View(range, demand, now);
        if (view.Verdict != Verdict.Fresh || view.Answer is not { } answer)
        {
            result = default;
            return false;
        }

        result = RangeFetch.Hit(answer, demand, now);
        CountHit(provider, demand, now, result);
        return true;
    }

    private static bool TryOne(ProviderContext provider, Demand demand, EngineTime now, DateTimeOffset wall, out FetchResult result)
    {
        var (entry, verdict) = EntryFinder.Find(provider.Entries, demand.Plan.Endpoint, demand.Plan.Items[0].Key, demand.Freshness, now, wall);
        if (verdict != Verdict.Fresh)
        {
            result = default;
            return false;
        }

        result = new FetchResult
        {
            Kind = FetchKind.Hit,
            Single = BareItem.Shaped(demand.Plan, entry!),
            Count = 1,
            Age = now - entry!.SentAt,
            Ttl = FreshnessJudge.Bound(entry, demand.Freshness) - now,
        };
        return true;
    }

    private static bool TryMany(ProviderContext provider, Demand demand, EngineTime now, DateTimeOffset wall, out FetchResult result)
    {
        var items = demand.Plan.Items;
        var entries = ArrayPool<Entry>.Shared.Rent(Math.Max(1, items.Count));
        var oldest = EngineTime.Never;
        var bound = EngineTime.Never;
        for (var i = 0; i < items.Count; i++)
        {
            var (entry, verdict) = EntryFinder.Find(provider.Entries, demand.Plan.Endpoint, items[i].Key, demand.Freshness, now, wall);
            if (verdict != Verdict.Fresh)
            {
                ArrayPool<Entry>.Shared.Return(entries, clearArray: true);
                result = default;
                return false;
            }

            if (entry!.IsRefusal)
            {
                ArrayPool<Entry>.Shared.Return(entries, clearArray: true);
                result = new FetchResult { Kind = FetchKind.Hit, Single = entry, Count = 1, Age = now - entry.SentAt, Ttl = FreshnessJudge.Bound(entry, demand.Freshness) - now };
                return true;
            }

            entries[i] = entry;
            oldest = EngineTime.Min(oldest, entry.SentAt);
            bound = EngineTime.Min(bound, FreshnessJudge.Bound(entry, demand.Freshness));
        }

        result = new FetchResult { Kind = FetchKind.Hit, Items = entries, Count = items.Count, Age = now - oldest, Ttl = bound - now };
        return items.Count > 0;
    }
}
