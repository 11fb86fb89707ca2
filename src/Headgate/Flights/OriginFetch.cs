using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.Explain;
using Headgate.Reports;
using Headgate.Upstream;

namespace Headgate.Flights;

/// <summary>One demand for what an upstream's own headers govern (RFC 9111): stored, validated, or fetched. Used once.</summary>
internal sealed class OriginFetch
{
    private readonly PlanTies _ties;
    private readonly ProviderContext _provider;
    private readonly Demand _demand;
    private readonly EngineTime _askedAt;
    private readonly EngineTime _deadline;
    private readonly bool _shadow;
    private readonly ExplainTrace _trace;
    private readonly Freshness _stated;
    private Entry? _held;
    private Verdict _verdict;
    private string? _reason;

    public OriginFetch(PlanTies ties, Demand demand, EngineTime askedAt, bool shadow, ExplainTrace trace)
    {
        _ties = ties;
        _provider = ties.Provider;
        _demand = demand;
        _askedAt = askedAt;
        _shadow = shadow;
        _trace = trace;
        _deadline = askedAt + (demand.Deadline ?? demand.Plan.Endpoint.Deadline);
        _stated = OriginJudge.Stated(demand);
    }

    public FetchTally Tally { get; } = new();

    private ItemKey Target => _demand.Plan.Items[0].Key;

    private FreshnessModel Model => _demand.Plan.Endpoint.Freshness;

    private bool IsGet => string.Equals(_demand.Request.Method, "GET", StringComparison.Ordinal);

    /// <summary>Answers from memory alone, inline.</summary>
    public static bool TryHit(PlanTies ties, Demand demand, EngineTime now, out FetchResult result)
    {
        var provider = ties.Provider;
        result = default;
        if (MustGo(demand.Request) || provider.Entries.Find(provider.Variants.KeyOf(demand.Plan.Items[0].Key, demand.Request.Headers)) is not { } entry)
        {
            return false;
        }

        var stated = OriginJudge.Stated(demand);
        if (Variants.IsMarker(entry) || OriginJudge.Judge(entry, stated, demand.Plan.Endpoint.Freshness, now, provider.Clock.WallNow) != Verdict.Fresh)
        {
            return false;
        }

        result = new FetchResult { Kind = FetchKind.Hit, Single = entry, Count = 1, Age = now - entry.SentAt, Ttl = FreshnessJudge.Bound(entry, stated) - now };
        return true;
    }

    public async ValueTask<FetchResult> RunAsync(CancellationToken cancellation)
    {
        var mayServe = _ties.MayServe(_askedAt) && !MustGo(_demand.Request);
        if (mayServe)
        {
            await LookAsync(cancellation);
        }

        if (_shadow)
        {
            Tally.WouldHit = _verdict == Verdict.Fresh;
            _trace.Add(_askedAt, "shadow", Tally.WouldHit ? "would have been answered from what is held" : "would have been fetched");
            (_held, _verdict) = (null, Verdict.Unusable);
        }
        else if (_verdict >= Verdict.StaleRevalidate)
        {
            return Held();
        }

        if (_stated.OnlyIfCached)
        {
            return Refuse(new Refusal(RefusalKind.NotCached, 504, "It is not held, and only-if-cached forbids asking the upstream.", null, null));
        }

        if (_provider.Credentials.ClosedUntil(_demand.Plan, _askedAt) is { } closedUntil)
        {
            return Refuse(CredentialGuard.Refusal(closedUntil));
        }

        _reason ??= _held is null ? "uri-miss" : _stated.MaxAge is not null || _stated.MinFresh is not null || _stated.NoStore ? "request" : "stale";
        var isAlone = _shadow || !IsGet || MustGo(_demand.Request) || _demand.Request.Header("Authorization") is not null;
        return await AskAsync(isAlone, cancellation) ?? await AskAsync(isAlone: true, cancellation) ?? throw new InvalidOperationException("A flight of one's own brings one's own answer.");
    }

    // Conditions only the origin can decide. A range may be cut from what is held; where nothing is, it goes to the origin as it stands.
    private static bool MustGo(ClientRequest request) => request.Header("If-Match") is not null || request.Header("If-Unmodified-Since") is not null;

    private async ValueTask LookAsync(CancellationToken cancellation)
    {
        Look();
        if (_held is not null)
        {
            return;
        }

        await _provider.Entries.RecallAsync([Target], cancellation);
        var key = _provider.Variants.KeyOf(Target, _demand.Request.Headers);
        if (key != Target)
        {
            await _provider.Entries.RecallAsync([key], cancellation);
        }

        Look();
    }

    private void Look()
    {
        var key = _provider.Variants.KeyOf(Target, _demand.Request.Headers);
        _held = _provider.Entries.Find(key);
        _verdict = _held is null ? Verdict.Unusable : OriginJudge.Judge(_held, _stated, Model, _askedAt, _provider.Clock.WallNow);
        _reason = _held is null && key != Target ? "vary-miss" : null;
    }

    private FetchResult Held()
    {
        if (_verdict == Verdict.StaleRevalidate)
        {
            var background = Behind();
            _provider.Dispatcher.Board(background, new Waiter(), [Item(background)], _askedAt, _askedAt + _demand.Plan.Endpoint.CallTimeout, FreshNow, exclusive: false);
            _trace.Add(_askedAt, "revalidating", "answered stale and validated behind");
        }

        return Answer(_verdict switch
        {
            Verdict.Fresh => null,
            Verdict.StaleAllowed => StaleReasons.MaxStale,
            _ => StaleReasons.Revalidating,
        });
    }

    private Demand Behind()
    {
        var request = new ClientRequest { Method = "GET", Target = _demand.Request.Target, Headers = [.. _demand.Request.Headers.Where(header => !header.Is("Range") && !header.Is("If-Range"))] };
        return new Demand
        {
            Plan = _demand.Plan,
            Request = request,
            Urgency = Urgency.Of(7),
            Client = _demand.Client,
            RequestId = _demand.RequestId,
            Validates = Validated(),
        };
    }

    private Entry? Validated() => _held is not null && IsGet && OriginFreshness.Validator(_held.Headers) is not null && !_stated.NoStore ? _held : null;

    // Flights are told apart by variant as far as it is known; who joins one that turns out to be for others asks again alone.
    private PlannedItem Item(Demand demand) => _demand.Plan.Items[0] with { Key = _provider.Variants.KeyOf(Target, demand.Request.Headers) };

    private Entry? FreshNow(PlannedItem item) =>
        _provider.Entries.Find(item.Key) is { } entry && !Variants.IsMarker(entry)
        && OriginJudge.Judge(entry, _stated, Model, _askedAt, _provider.Clock.WallNow) == Verdict.Fresh ? entry : null;

    /// <summary>Fetches or joins; null when what was joined is not for this asker.</summary>
    private async ValueTask<FetchResult?> AskAsync(bool isAlone, CancellationToken cancellation)
    {
        var demand = Leading();
        isAlone |= demand.Validates is null && OriginHeaders.IsOwn(demand.Request);
        var waiter = new Waiter();
        var boarding = _provider.Dispatcher.Board(demand, waiter, [Item(demand)], _askedAt, _deadline, isAlone ? null : FreshNow, isAlone)[0];
        _trace.Add(_askedAt, "boarded", boarding.IsJoined ? "joined in flight" : demand.Validates is null ? "queued" : "queued to validate what is held");
        await waiter.WaitAsync(_provider.Deadlines, _deadline, cancellation);
        if (boarding.Held is { } held)
        {
            (_held, _verdict) = (held, Verdict.Fresh);
            return Answer(null);
        }

        return Land(boarding, OutcomeOf(boarding, waiter, cancellation));
    }

    private Demand Leading() => new()
    {
        Plan = _demand.Plan,
        Request = _demand.Request,
        Freshness = _stated,
        Urgency = _demand.Urgency,
        Client = _demand.Client,
        Deadline = _demand.Deadline,
        RequestId = _demand.RequestId,
        Validates = MustGo(_demand.Request) ? null : Validated(),
    };

    private FlightOutcome OutcomeOf(Boarding boarding, Waiter waiter, CancellationToken cancellation)
    {
        if (boarding.Refusal is { } refusal)
        {
            return new FlightOutcome.Failed(OutcomeKind.Limited, refusal);
        }

        var flight = boarding.Flight!;
        if (flight.Outcome is { } outcome)
        {
            cancellation.ThrowIfCancellationRequested();
            return outcome;
        }

        var overdue = flight.State == WorkState.Queued ? _provider.Dispatcher.RefusalFor(flight) : Refusals.Overdue;
        _provider.Dispatcher.Leave(flight, waiter);
        cancellation.ThrowIfCancellationRequested();
        return flight.LastFailure ?? new FlightOutcome.Failed(OutcomeKind.Transient, overdue);
    }

    private FetchResult? Land(Boarding boarding, FlightOutcome outcome)
    {
        if (boarding.IsJoined && !IsForAll(boarding.Flight!, outcome))
        {
            return null;
        }

        Tally.Board(boarding);
        Tally.Landed(boarding);
        _trace.Add(_provider.Clock.Now, "answered", $"after {(_provider.Clock.Now - _askedAt).TotalMilliseconds:0.#} ms");
        if (outcome is FlightOutcome.Answered answered && !(answered.Own is not null && !boarding.IsJoined))
        {
            (_held, _verdict) = (answered.Entry, Verdict.Fresh);
            return Answer(null, forwarded: true, answered.Entry.Status);
        }

        if (StaleReasons.Of(outcome) is { } reason && CanStandIn())
        {
            return Answer(reason);
        }

        return Pass(outcome is FlightOutcome.Answered { Own: { } own } ? own : outcome);
    }

    private bool IsForAll(Flight flight, FlightOutcome outcome) => outcome switch
    {
        FlightOutcome.Answered answered => Variants.IsSame(answered.Entry.Headers, flight.Leader.Request.Headers, _demand.Request.Headers),
        FlightOutcome.Streaming streaming => !streaming.IsPersonal && Variants.IsSame(streaming.Headers, flight.Leader.Request.Headers, _demand.Request.Headers),
        FlightOutcome.UpstreamSaid said => !said.IsPersonal,
        _ => true,
    };

    private bool CanStandIn()
    {
        if (_held is null || _shadow)
        {
            return false;
        }

        Look();
        _verdict = _held is null ? Verdict.Unusable : OriginJudge.Judge(_held, _stated, Model, _provider.Clock.Now, _provider.Clock.WallNow);
        return _verdict >= Verdict.StaleIfFailing;
    }

    private FetchResult Answer(string? staleReason, bool forwarded = false, int? status = null)
    {
        var now = _provider.Clock.Now;
        var entry = _held!;
        Tally.Stale = staleReason is null ? 0 : 1;
        Tally.Fresh = Tally.Joined + Tally.Started + Tally.Stale == 0 ? 1 : 0;
        if (staleReason is not null)
        {
            _trace.Add(now, "stale", $"because {staleReason}; it is {(now - entry.SentAt).TotalSeconds:0.###} s old");
        }

        return new FetchResult
        {
            Kind = staleReason is not null ? FetchKind.Stale : forwarded ? FetchKind.Fetched : FetchKind.Hit,
            Single = entry,
            Count = 1,
            Age = now - entry.SentAt,
            Ttl = FreshnessJudge.Bound(entry, _stated) - now,
            Forwarded = forwarded,
            Collapsed = Tally.Joined > 0,
            Reason = staleReason ?? (forwarded ? _reason : null),
            ForwardStatus = status,
            Limit = forwarded ? LimitReports.Of(_provider, _demand.Plan) : null,
            Fetched = Tally.Joined + Tally.Started,
            Calls = Tally.Calls,
        };
    }

    private FetchResult Pass(FlightOutcome outcome) => outcome switch
    {
        FlightOutcome.UpstreamSaid said => Passed(said.ToReply(), said.Status, null),
        FlightOutcome.Streaming streaming => Passed(streaming.ToReply(), streaming.Status, _provider.Clock.Now - streaming.SentAt),
        FlightOutcome.Failed failed => Refuse(failed.Refusal),
        _ => throw new InvalidOperationException($"{outcome} is an answer."),
    };

    private FetchResult Passed(SharedReply reply, int status, TimeSpan? age) => new()
    {
        Kind = FetchKind.Passed,
        Reply = reply,
        Forwarded = true,
        Collapsed = Tally.Joined > 0,
        ForwardStatus = status,
        Reason = _reason,
        Age = age ?? TimeSpan.Zero,
        Limit = LimitReports.Of(_provider, _demand.Plan),
        Fetched = 1,
        Calls = Tally.Calls,
    };

    private FetchResult Refuse(Refusal refusal) => new()
    {
        Kind = FetchKind.Refused,
        Refusal = refusal,
        Forwarded = refusal.Kind is RefusalKind.UpstreamUnusable or RefusalKind.UpstreamTimeout,
        Reason = _reason,
        Limit = refusal.Limit is null ? null : LimitReports.Of(_provider, _demand.Plan),
    };
}
