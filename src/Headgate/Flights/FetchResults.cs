using System.Buffers;
using Headgate.Caching;
using Headgate.Reports;
using Headgate.Upstream;

namespace Headgate.Flights;

/// <summary>Writes the result of one demand that took longer than a look into memory.</summary>
internal sealed class FetchResults(PlanTies ties, FetchTally tally)
{
    /// <summary>The upstream's own answer, or the gate's refusal.</summary>
    /// <exception cref="InvalidOperationException">The outcome is an answer to be assembled.</exception>
    public FetchResult Pass(FlightOutcome outcome, EngineTime now) => outcome switch
    {
        FlightOutcome.UpstreamSaid said => Pass(said.ToReply(), said.Status, age: default),
        FlightOutcome.Streaming streaming => Pass(streaming.ToReply(), streaming.Status, now - streaming.SentAt),
        FlightOutcome.Failed failed => Refuse(failed.Refusal),
        _ => throw new InvalidOperationException($"{outcome} is an answer."),
    };

    public FetchResult Refuse(Refusal refusal) => new()
    {
        Kind = FetchKind.Refused,
        Refusal = refusal,
        Forwarded = refusal.Kind is RefusalKind.UpstreamUnusable or RefusalKind.UpstreamTimeout,
        Reason = tally.Reason,
        Limit = refusal.Limit is null ? null : LimitNow(),
        Calls = tally.Calls,
    };

    /// <summary>One entry that is the whole answer.</summary>
    public FetchResult Whole(Entry answer, in Freshness bounds, EngineTime now) =>
        Fill(answer, null, 1, now - answer.SentAt, FreshnessJudge.Bound(answer, bounds) - now, null, answer.Status, fetched: 1);

    /// <summary>The items in request order; what one of them fails the call with stands for all.</summary>
    public FetchResult Gathered(Entry?[] entries, in Freshness bounds, EngineTime now, string? staleReason, int? forwardStatus)
    {
        var refusal = Array.Find(entries, static entry => entry!.IsRefusal);
        var isOne = entries.Length == 1 || refusal is not null;
        var oldest = EngineTime.Never;
        var bound = EngineTime.Never;
        foreach (var entry in entries)
        {
            oldest = EngineTime.Min(oldest, entry!.SentAt);
            bound = EngineTime.Min(bound, FreshnessJudge.Bound(entry, bounds));
        }

        return Fill(
            isOne ? BareItem.Shaped(ties.Plan, refusal ?? entries[0]!) : null,
            isOne ? null : Rent(entries),
            isOne ? 1 : entries.Length,
            now - oldest,
            bound - now,
            staleReason,
            forwardStatus,
            tally.Joined + tally.Started);
    }

    private FetchResult Fill(Entry? single, Entry[]? items, int count, TimeSpan age, TimeSpan ttl, string? staleReason, int? forwardStatus, int fetched)
    {
        var forwarded = tally.Joined + tally.Started > 0;
        return new FetchResult
        {
            Kind = staleReason is not null ? FetchKind.Stale : forwarded ? FetchKind.Fetched : FetchKind.Hit,
            Single = single,
            Items = items,
            Count = count,
            Age = age,
            Ttl = ttl,
            Forwarded = forwarded && staleReason is null or StaleReasons.MaxStale,
            Collapsed = forwarded && tally.Started == 0,
            Reason = staleReason ?? (forwarded ? tally.Reason : null),
            ForwardStatus = forwarded ? forwardStatus : null,
            Limit = forwarded ? LimitNow() : null,
            Fetched = forwarded ? fetched : 0,
            Calls = tally.Calls,
        };
    }

    private FetchResult Pass(PassedReply reply, int status, TimeSpan age) => new()
    {
        Kind = FetchKind.Passed,
        Reply = reply,
        Forwarded = true,
        Collapsed = tally.Started == 0,
        ForwardStatus = status,
        Reason = tally.Reason,
        Age = age,
        Limit = LimitNow(),
        Calls = tally.Calls,
        Fetched = tally.Joined + tally.Started,
    };

    private LimitReport? LimitNow() => LimitReports.Of(ties.Provider, ties.Plan);

    private static Entry[] Rent(Entry?[] entries)
    {
        var rented = ArrayPool<Entry>.Shared.Rent(Math.Max(1, entries.Length));
        entries.CopyTo(rented, 0);
        return rented;
    }
}
