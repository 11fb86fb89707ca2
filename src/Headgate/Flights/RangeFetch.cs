using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.Explain;
using Headgate.History;
using Headgate.Upstream;

namespace Headgate.Flights;

/// <summary>One candle demand on its way: what is held is never asked for again, what is missing becomes one flight per call. Used once.</summary>
internal sealed class RangeFetch
{
    // Beyond that many calls no deadline can hold; the upstream itself says what it thinks of such a range.
    private const int CallsMax = 64;

    // Says "held" for a part that has landed since it was found missing; looked up again when the others have landed too.
    private static readonly Entry JustLanded = new()
    {
        Key = default, Body = default, Status = 200, ContentType = null, SentAt = default, FreshUntil = default, StaleUntil = default, Version = 0,
    };

    private readonly PlanTies _ties;
    private readonly ProviderContext _provider;
    private readonly HistoryBook _history;
    private readonly Demand _demand;
    private readonly RangeRequest _range;
    private readonly EngineTime _askedAt;
    private readonly EngineTime _deadline;
    private readonly ExplainTrace _trace;
    private readonly FetchResults _results;

    public RangeFetch(PlanTies ties, HistoryBook history, Demand demand, RangeRequest range, EngineTime askedAt, ExplainTrace trace)
    {
        _ties = ties;
        _provider = ties.Provider;
        _history = history;
        _demand = demand;
        _range = range;
        _askedAt = askedAt;
        _deadline = askedAt + (demand.Deadline ?? demand.Plan.Endpoint.Deadline);
        _trace = trace;
        _results = new FetchResults(ties, Tally);
    }

    public FetchTally Tally { get; } = new();

    /// <summary>Null where rows cannot serve: a range that begins in the future or needs too many calls is asked for as any other.</summary>
    public async ValueTask<FetchResult?> RunAsync(CancellationToken cancellation)
    {
        var mayServe = _ties.MayServe(_askedAt);
        var view = SeriesView.Nothing(_range.Asked);
        if (mayServe)
        {
            await _history.RecallAsync(_range, cancellation);
            view = _history.View(_range, _demand, _askedAt);
        }

        if (view.Verdict >= Verdict.StaleAllowed)
        {
            return Held(view, view.Verdict == Verdict.Fresh ? null : StaleReasons.MaxStale);
        }

        if (_demand.Freshness.OnlyIfCached)
        {
            return _results.Refuse(new Refusal(RefusalKind.NotCached, 504, "Not all of the range is held, and only-if-cached forbids asking the upstream.", null, null));
        }

        if (_provider.Credentials.ClosedUntil(_demand.Plan, _askedAt) is { } closedUntil)
        {
            return _results.Refuse(CredentialGuard.Refusal(closedUntil));
        }

        var parts = GapPlanner.Plan(view.Missing, _range.Interval.MaxSpan, _history.Horizon(_range));
        if (parts.Count is 0 or > CallsMax)
        {
            return null;
        }

        Tally.Reason = view.Missing[0] == _range.Asked && view.Missing.Count == 1 ? "uri-miss" : "stale";
        return await FetchAsync(parts, view, mayServe, cancellation);
    }

    /// <summary>For shadow: would it have been answered from what is held? Notes how many calls would have been made else. Asks nothing.</summary>
    public static async ValueTask<bool> WouldHitAsync(
        PlanTies ties, Demand demand, RangeRequest range, EngineTime askedAt, ExplainTrace trace, CancellationToken cancellation)
    {
        var history = ties.Provider.History!;
        var view = SeriesView.Nothing(range.Asked);
        if (ties.MayServe(askedAt))
        {
            await history.RecallAsync(range, cancellation);
            view = history.View(range, demand, askedAt);
        }

        if (view.Verdict == Verdict.Fresh)
        {
            trace.Add(askedAt, "shadow", "would have been answered from what is held");
            return true;
        }

        trace.Add(askedAt, "shadow", $"would have been fetched by {GapPlanner.Plan(view.Missing, range.Interval.MaxSpan, history.Horizon(range)).Count} call(s)");
        return false;
    }

    /// <summary>For shadow: the demand as it was asked, whose answer's rows are kept so that the next one can be judged by them.</summary>
    public static Demand Whole(Demand demand, RangeRequest range) => Of(demand, range.PlanOf(demand.Plan, range.Asked));

    /// <summary>An answer of what is held alone.</summary>
    public static FetchResult Hit(Entry answer, Demand demand, EngineTime now) => new()
    {
        Kind = FetchKind.Hit,
        Single = answer,
        Count = 1,
        Age = now - answer.SentAt,
        Ttl = FreshnessJudge.Bound(answer, OpenOnly(answer, demand.Freshness)) - now,
    };

    private async ValueTask<FetchResult?> FetchAsync(IReadOnlyList<InstantRange> parts, SeriesView view, bool mayServe, CancellationToken cancellation)
    {
        var waiter = new Waiter();
        List<Boarding> boardings = [];
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0)
            {
                // Each boarding takes one count away at its end, and the waiter was made with one.
                waiter.Expect();
            }

            boardings.Add(Board(parts[i], waiter, mayServe));
        }

        _trace.Add(_askedAt, "boarded", $"{parts.Count} part(s) of the range missing: {Tally.Joined} joined in flight, {Tally.Started} queued; deadline in {(_deadline - _askedAt).TotalSeconds:0.###} s");
        await waiter.WaitAsync(_provider.Deadlines, _deadline, cancellation);
        var outcomes = boardings.ConvertAll(boarding => OutcomeOf(boarding, waiter));
        cancellation.ThrowIfCancellationRequested();
        boardings.ForEach(boarding => Tally.Landed(boarding));
        _trace.Add(_provider.Clock.Now, "answered", $"after {(_provider.Clock.Now - _askedAt).TotalMilliseconds:0.#} ms");
        return Land(parts, outcomes, view);
    }

    private Boarding Board(InstantRange part, Waiter waiter, bool mayServe)
    {
        var plan = _range.PlanOf(_demand.Plan, part);
        var demand = Of(_demand, plan);
        Func<PlannedItem, Entry?>? look = mayServe ? _ => _history.Holds(plan.Chunk!, demand, _askedAt) ? JustLanded : null : null;
        var boarding = _provider.Dispatcher.Board(demand, waiter, plan.Items, _askedAt, _deadline, look, exclusive: false)[0];
        Tally.Board(boarding);
        return boarding;
    }

    private static Demand Of(Demand demand, RequestPlan plan) => new()
    {
        Plan = plan,
        Request = demand.Request,
        Freshness = demand.Freshness,
        Urgency = demand.Urgency,
        Client = demand.Client,
        Deadline = demand.Deadline,
        RequestId = demand.RequestId,
    };

    private FlightOutcome? OutcomeOf(Boarding boarding, Waiter waiter)
    {
        if (boarding.Refusal is { } refusal)
        {
            return new FlightOutcome.Failed(OutcomeKind.Limited, refusal);
        }

        if (boarding.Flight is not { } flight)
        {
            return null;
        }

        if (flight.Outcome is { } outcome)
        {
            return outcome;
        }

        var late = flight.State == WorkState.Queued ? _provider.Dispatcher.RefusalFor(flight) : Refusals.Overdue;
        _provider.Dispatcher.Leave(flight, waiter);
        return flight.LastFailure ?? new FlightOutcome.Failed(OutcomeKind.Transient, late);
    }

    private FetchResult? Land(IReadOnlyList<InstantRange> parts, List<FlightOutcome?> outcomes, SeriesView before)
    {
        List<LandedRows> landed = [];
        foreach (var outcome in outcomes)
        {
            switch (outcome)
            {
                case null:
                    break;
                case FlightOutcome.Answered { Rows: { } rows }:
                    landed.Add(rows);
                    break;
                case FlightOutcome.Answered { Entry: var whole }:
                    return Unsplit(parts, whole);
                default:
                    return StandIn(outcome, before) ?? _results.Pass(outcome, _provider.Clock.Now);
            }
        }

        // What others were told of the same range is told again, under the same ETag, where it is held now.
        var now = _provider.Clock.Now;
        if (_ties.MayServe(now) && _history.View(_range, _demand, _askedAt) is { Verdict: Verdict.Fresh, Answer: { } held })
        {
            return Fetched(held);
        }

        // A part that had just landed and is gone again (evicted within this very demand) is left to the plain way.
        return landed.Count == 0 || outcomes.Contains(null) ? null : Fetched(_history.Assemble(_range, _demand.Plan.Items[0].Key, landed));
    }

    /// <summary>The upstream answered with something that is no list of rows: what it said to the very question asked is passed on, kept nowhere.</summary>
    private FetchResult Unsplit(IReadOnlyList<InstantRange> parts, Entry whole) => whole.IsNegative || (parts.Count == 1 && parts[0] == _range.Asked)
        ? Fetched(whole)
        : _results.Refuse(new Refusal(RefusalKind.UpstreamUnusable, 502, "The upstream's answer cannot be used: it holds no rows where its definition says.", null, null));

    private FetchResult? StandIn(FlightOutcome outcome, SeriesView before)
    {
        if (StaleReasons.Of(outcome) is not { } reason || before.Answer is null || !_ties.MayServe(_provider.Clock.Now))
        {
            return null;
        }

        // Looked up again: while it waited the open part may have passed its ceiling, or a newer one may have come with somebody else's call.
        var now = _history.View(_range, _demand, _provider.Clock.Now);
        return now.Verdict >= Verdict.StaleIfFailing ? Held(now, now.Verdict == Verdict.Fresh ? null : reason) : null;
    }

    private FetchResult Held(SeriesView view, string? staleReason)
    {
        var now = _provider.Clock.Now;
        var hit = Hit(view.Answer!, _demand, now);
        Tally.Fresh = Tally.Joined + Tally.Started + (staleReason is null ? 0 : 1) == 0 ? 1 : 0;
        if (staleReason is null)
        {
            return hit;
        }

        Tally.Stale = 1;
        _trace.Add(now, "stale", $"because {staleReason}; the open part is {hit.Age.TotalSeconds:0.###} s old");
        return new FetchResult { Kind = FetchKind.Stale, Single = hit.Single, Count = 1, Age = hit.Age, Ttl = hit.Ttl, Reason = staleReason, Calls = Tally.Calls };
    }

    private FetchResult Fetched(Entry answer)
    {
        // Parts that others' calls had just brought are held by now.
        Tally.Fresh = Tally.Joined + Tally.Started == 0 ? 1 : 0;
        return _results.Whole(answer, OpenOnly(answer, _demand.Freshness), _provider.Clock.Now);
    }

    // Final bars have no bound.
    private static Freshness OpenOnly(Entry answer, in Freshness freshness) => answer.FreshUntil == EngineTime.Never ? default : freshness;
}
