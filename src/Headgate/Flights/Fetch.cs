using System.Buffers;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.Explain;
using Headgate.Reports;
using Headgate.Upstream;

namespace Headgate.Flights;

/// <summary>One demand on its way through the joint decision. Used once.</summary>
internal sealed class Fetch
{
    private const string MaxStale = "max-stale";

    private readonly ProviderContext _provider;
    private readonly Demand _demand;
    private readonly RequestPlan _plan;
    private readonly EngineTime _askedAt;
    private readonly EngineTime _deadline;
    private readonly bool _shadow;
    private readonly ExplainTrace _trace;
    private readonly Entry?[] _entries;
    private readonly Verdict[] _verdicts;
    private readonly Dictionary<Flight, Refusal> _overdue = [];
    private string? _reason;
    private int _calls;

    public Fetch(ProviderContext provider, Demand demand, EngineTime askedAt, bool shadow, ExplainTrace trace)
    {
        _provider = provider;
        _demand = demand;
        _plan = demand.Plan;
        _askedAt = askedAt;
        _shadow = shadow;
        _deadline = askedAt + (demand.Deadline ?? demand.Plan.Endpoint.Deadline);
        _trace = trace;
        _entries = new Entry?[demand.Plan.Items.Count];
        _verdicts = new Verdict[demand.Plan.Items.Count];
    }

    /// <summary>Items answered from fresh entries.</summary>
    public int Fresh { get; private set; }

    /// <summary>Items that joined a flight of another demand.</summary>
    public int Joined { get; private set; }

    /// <summary>Items whose flight this demand started.</summary>
    public int Started { get; private set; }

    /// <summary>Items answered stale.</summary>
    public int Stale { get; private set; }

    /// <summary>In shadow: what was found out already about what the gate would have done; null leaves it to the entries.</summary>
    public bool? Observed { get; init; }

    /// <summary>In shadow: the gate would have answered from what it holds.</summary>
    public bool WouldHit { get; private set; }

    public async ValueTask<FetchResult> RunAsync(CancellationToken cancellation)
    {
        var mayServe = Fetcher.MayServe(_provider, _plan, _askedAt);
        if (mayServe)
        {
            await JudgeAsync(cancellation);
        }

        if (_shadow)
        {
            WouldHit = Observed ?? (mayServe && _verdicts.All(static verdict => verdict == Verdict.Fresh));
            if (Observed is null)
            {
                _trace.Add(_askedAt, "shadow", WouldHit ? "would have been answered from what is held" : "would have been fetched");
            }

            Array.Clear(_verdicts);
            mayServe = false;
        }
        else if (Held() is { } held)
        {
            return held;
        }

        if (_demand.Freshness.OnlyIfCached)
        {
            return Refuse(new Refusal(RefusalKind.NotCached, 504, "Not everything asked for is held, and only-if-cached forbids asking the upstream.", null, null));
        }

        if (_provider.Credentials.ClosedUntil(_plan.Identity.Credential, _askedAt) is { } closedUntil)
        {
            var refusal = new Refusal(RefusalKind.CredentialClosed, 503, "The upstream refused this credential repeatedly; it is tried again at most every 30 s.", closedUntil, null);
            return Refuse(refusal);
        }

        return await FetchMissingAsync(mayServe, cancellation);
    }

    private async ValueTask JudgeAsync(CancellationToken cancellation)
    {
        List<ItemKey>? absent = null;
        for (var i = 0; i < _entries.Length; i++)
        {
            Judge(i);
            if (_entries[i] is null)
            {
                (absent ??= []).Add(_plan.Items[i].Key);
            }
        }

        if (absent is null)
        {
            return;
        }

        await _provider.Entries.RecallAsync(absent, cancellation);
        for (var i = 0; i < _entries.Length; i++)
        {
            if (_entries[i] is null)
            {
                Judge(i);
            }
        }
    }

    private void Judge(int index)
    {
        var wall = _provider.Clock.WallNow;
        (_entries[index], _verdicts[index]) = EntryFinder.Find(_provider.Entries, _plan.Endpoint, _plan.Items[index].Key, _demand.Freshness, _askedAt, wall);
    }

    /// <summary>The answer, when it needs no call: all fresh, or stale as far as the client or the definition allows at once.</summary>
    private FetchResult? Held()
    {
        if (Array.Exists(_entries, static entry => entry is { IsRefusal: true }) && IsRefusedAlready())
        {
            return Answer(forwarded: false, collapsed: false, staleReason: null);
        }

        var worst = Verdict.Fresh;
        foreach (var verdict in _verdicts)
        {
            worst = verdict < worst ? verdict : worst;
        }

        if (worst < Verdict.StaleRevalidate || _entries.Length == 0)
        {
            return null;
        }

        if (worst == Verdict.StaleRevalidate)
        {
            Revalidate();
        }

        var reason = worst switch
        {
            Verdict.Fresh => null,
            Verdict.StaleAllowed => MaxStale,
            _ => "revalidating",
        };
        return Answer(forwarded: false, collapsed: false, reason);
    }

    // The upstream would fail the whole call because of this one item; what is missing besides need not be fetched to know that.
    private bool IsRefusedAlready()
    {
        var index = Array.FindIndex(_entries, static entry => entry is { IsRefusal: true });
        if (_verdicts[index] != Verdict.Fresh)
        {
            return false;
        }

        Array.Fill(_entries, _entries[index]);
        Array.Fill(_verdicts, Verdict.Fresh);
        return true;
    }

    /// <summary>Fetches behind the answer, from spare budget: at the lowest urgency, and not at all when it could not be sent soon.</summary>
    private void Revalidate()
    {
        var background = new Demand { Plan = _plan, Request = _demand.Request, Urgency = Urgency.Of(7), Client = _demand.Client, RequestId = _demand.RequestId };
        List<PlannedItem> stale = [];
        for (var i = 0; i < _verdicts.Length; i++)
        {
            if (_verdicts[i] == Verdict.StaleRevalidate)
            {
                stale.Add(_plan.Items[i]);
            }
        }

        _provider.Dispatcher.Board(background, new Waiter(), stale, _askedAt, _askedAt + _plan.Endpoint.CallTimeout, FreshNow, exclusive: false);
        _trace.Add(_askedAt, "revalidating", $"{stale.Count} item(s) answered stale and fetched behind");
    }

    private async ValueTask<FetchResult> FetchMissingAsync(bool mayServe, CancellationToken cancellation)
    {
        List<int> indexes = [];
        List<PlannedItem> missing = [];
        for (var i = 0; i < _entries.Length; i++)
        {
            // What would pass its ceiling while the others are fetched is fetched with them.
            if (_verdicts[i] < Verdict.StaleAllowed || (_verdicts[i] == Verdict.StaleAllowed && _entries[i]!.StaleUntil < _deadline))
            {
                indexes.Add(i);
                missing.Add(_plan.Items[i]);
            }
        }

        _reason = WhyForwarded(indexes);
        var waiter = new Waiter();
        var boardings = _provider.Dispatcher.Board(_demand, waiter, missing, _askedAt, _deadline, mayServe ? FreshNow : null, _shadow);
        Note(boardings);
        await WaitAsync(boardings, waiter, cancellation);
        _calls = boardings.Sum(static boarding => boarding.IsJoined ? 0 : boarding.Flight?.CallsLed ?? 0);
        return Land(indexes, boardings);
    }

    /// <summary>
    /// Looked up once more under the dispatcher's lock: between the first look and the lock a flight may have landed and left the table,
    /// and a second flight for the same item would be a call too many.
    /// </summary>
    private Entry? FreshNow(PlannedItem item)
    {
        var (entry, verdict) = EntryFinder.Find(_provider.Entries, _plan.Endpoint, item.Key, _demand.Freshness, _askedAt, _provider.Clock.WallNow);
        return verdict == Verdict.Fresh ? entry : null;
    }

    private string WhyForwarded(List<int> indexes)
    {
        if (!indexes.Exists(index => _entries[index] is not null))
        {
            return "uri-miss";
        }

        return _demand.Freshness.MaxAge is not null || _demand.Freshness.MinFresh is not null ? "request" : "stale";
    }

    private void Note(IReadOnlyList<Boarding> boardings)
    {
        foreach (var boarding in boardings)
        {
            if (boarding.IsJoined)
            {
                Joined++;
            }
            else if (boarding.Flight is not null)
            {
                Started++;
            }
        }

        _trace.Add(_askedAt, "boarded", $"{_entries.Length - boardings.Count} held, {Joined} joined in flight, {Started} queued, {boardings.Count(boarding => boarding.Refusal is not null)} refused; deadline in {(_deadline - _askedAt).TotalSeconds:0.###} s");
    }

    private async ValueTask WaitAsync(IReadOnlyList<Boarding> boardings, Waiter waiter, CancellationToken cancellation)
    {
        await waiter.WaitAsync(_deadline - _provider.Clock.Now, _provider.Clock.Time, cancellation);
        foreach (var boarding in boardings)
        {
            if (boarding.Flight is { Outcome: null } flight)
            {
                _overdue[flight] = flight.State == WorkState.Queued ? _provider.Dispatcher.RefusalFor(flight) : Overdue;
                _provider.Dispatcher.Leave(flight, waiter);
            }
        }

        cancellation.ThrowIfCancellationRequested();
    }

    internal static Refusal Overdue { get; } = new(RefusalKind.UpstreamTimeout, 504, "The upstream did not answer before the deadline.", null, null);

    private FetchResult Land(List<int> indexes, IReadOnlyList<Boarding> boardings)
    {
        string? staleBecause = null;
        int? status = null;
        if (_verdicts.Where((verdict, index) => verdict == Verdict.StaleAllowed && !indexes.Contains(index)).Any())
        {
            staleBecause = MaxStale;
        }

        for (var i = 0; i < indexes.Count; i++)
        {
            var index = indexes[i];
            if (boardings[i].Held is { } held)
            {
                (_entries[index], _verdicts[index]) = (held, Verdict.Fresh);
                continue;
            }

            var outcome = OutcomeOf(boardings[i]);
            if (outcome is FlightOutcome.Answered answered)
            {
                var entry = Newest(Shaped(answered.Entry, index), index);
                (_entries[index], _verdicts[index]) = (entry, Verdict.Fresh);
                status = entry.Status;
                continue;
            }

            if (StaleReason(outcome) is { } reason && CanStandIn(index))
            {
                if (_verdicts[index] < Verdict.Fresh)
                {
                    staleBecause = reason;
                    Stale++;
                }

                continue;
            }

            return Pass(outcome);
        }

        Note(boardings[0]);
        var forwarded = Started + Joined > 0;
        return Answer(forwarded, forwarded && Started == 0, staleBecause, status);
    }

    /// <summary>Looked up again: while it waited the entry may have passed its ceiling, or a newer one may have come with somebody else's call.</summary>
    private bool CanStandIn(int index)
    {
        var now = _provider.Clock.Now;
        if (_shadow || !Fetcher.MayServe(_provider, _plan, now))
        {
            return false;
        }

        (_entries[index], _verdicts[index]) = EntryFinder.Find(
            _provider.Entries, _plan.Endpoint, _plan.Items[index].Key, _demand.Freshness, now, _provider.Clock.WallNow);
        return _verdicts[index] >= Verdict.StaleIfFailing;
    }

    private void Note(Boarding boarding)
    {
        if (boarding.Flight is { } flight && flight.Attempts > 0)
        {
            _trace.Add(flight.SentAt, "sent", $"waited {(flight.SentAt - _askedAt).TotalMilliseconds:0.#} ms for its turn and permits; attempt {flight.Attempts}");
        }

        _trace.Add(_provider.Clock.Now, "answered", $"after {(_provider.Clock.Now - _askedAt).TotalMilliseconds:0.#} ms");
    }

    private FlightOutcome OutcomeOf(Boarding boarding)
    {
        if (boarding.Refusal is { } refusal)
        {
            return new FlightOutcome.Failed(OutcomeKind.Limited, refusal);
        }

        var flight = boarding.Flight!;
        return _overdue.TryGetValue(flight, out var overdue)
            ? flight.LastFailure ?? new FlightOutcome.Failed(OutcomeKind.Transient, overdue)
            : flight.Outcome!;
    }

    /// <summary>
    /// What a slow flight brought may be older than what is held by now through another credential's flight; nobody is shown data going back in time
    /// while newer data meets his bounds.
    /// </summary>
    private Entry Newest(Entry landed, int index)
    {
        var now = _provider.Clock.Now;
        if (_shadow || !Fetcher.MayServe(_provider, _plan, now))
        {
            return landed;
        }

        var (held, _) = EntryFinder.Find(_provider.Entries, _plan.Endpoint, _plan.Items[index].Key, _demand.Freshness, now, _provider.Clock.WallNow);
        return held is not null && !EntryCache.IsNewer(landed, held) && FreshnessJudge.MayJoin(_demand.Freshness, _plan.Endpoint.Freshness, _askedAt, held.SentAt)
            ? held
            : landed;
    }

    /// <summary>A flight may have brought a larger shape than was asked.</summary>
    private Entry Shaped(Entry entry, int index)
    {
        var key = _plan.Items[index].Key;
        if (string.Equals(entry.Key.Endpoint, key.Endpoint, StringComparison.Ordinal))
        {
            return entry;
        }

        var shape = _plan.Endpoint.Larger.First(larger => string.Equals(larger.Endpoint.Id, entry.Key.Endpoint, StringComparison.Ordinal));
        return Projection.Of(entry, shape, key) ?? throw new InvalidOperationException($"{entry.Key} lacks a member of {key.Endpoint}; its required members are wrong.");
    }

    /// <summary>Why a stale entry may stand in for this failure, or null when it may not (the caller's own fault, a refused credential).</summary>
    internal static string? StaleReason(FlightOutcome outcome) => outcome switch
    {
        FlightOutcome.Failed failed => failed.Refusal.Kind switch
        {
            RefusalKind.Limited => "limit",
            RefusalKind.BreakerOpen => "breaker",
            RefusalKind.UpstreamTimeout => "timeout",
            RefusalKind.LedgerUnwritable => "ledger",
            RefusalKind.Offline => "offline",
            RefusalKind.Overloaded => "overload",
            _ => "upstream-error",
        },
        FlightOutcome.UpstreamSaid { Kind: OutcomeKind.Limited } => "limit",
        FlightOutcome.UpstreamSaid { Kind: OutcomeKind.Transient } => "upstream-error",
        _ => null,
    };

    private FetchResult Pass(FlightOutcome outcome) => outcome switch
    {
        FlightOutcome.UpstreamSaid said => new FetchResult
        {
            Kind = FetchKind.Passed,
            Reply = said.ToReply(),
            Forwarded = true,
            Collapsed = Started == 0,
            ForwardStatus = said.Status,
            Reason = _reason,
            Limit = LimitNow(),
        },
        FlightOutcome.Streaming streaming => new FetchResult
        {
            Kind = FetchKind.Passed,
            Reply = streaming.ToReply(),
            Forwarded = true,
            Collapsed = Started == 0,
            ForwardStatus = streaming.Status,
            Reason = _reason,
            Age = _provider.Clock.Now - streaming.SentAt,
            Limit = LimitNow(),
        },
        FlightOutcome.Failed failed => Refuse(failed.Refusal),
        _ => throw new InvalidOperationException($"{outcome} is an answer."),
    };

    private FetchResult Refuse(Refusal refusal) => new()
    {
        Kind = FetchKind.Refused,
        Refusal = refusal,
        Forwarded = refusal.Kind is RefusalKind.UpstreamUnusable or RefusalKind.UpstreamTimeout,
        Reason = _reason,
        Limit = refusal.Limit is null ? null : LimitNow(),
    };

    private FetchResult Answer(bool forwarded, bool collapsed, string? staleReason, int? forwardStatus = null)
    {
        var now = _provider.Clock.Now;
        var refusal = Array.Find(_entries, static entry => entry!.IsRefusal);
        var isOne = _entries.Length == 1 || refusal is not null;
        var oldest = EngineTime.Never;
        var bound = EngineTime.Never;
        for (var i = 0; i < _entries.Length; i++)
        {
            var entry = _entries[i]!;
            oldest = EngineTime.Min(oldest, entry.SentAt);
            bound = EngineTime.Min(bound, FreshnessJudge.Bound(entry, _demand.Freshness));
        }

        var stale = staleReason is not null;
        if (stale && Stale == 0)
        {
            Stale = _verdicts.Count(verdict => verdict < Verdict.Fresh);
        }

        Fresh = _entries.Length - Joined - Started - Stale;
        if (stale)
        {
            _trace.Add(now, "stale", $"because {staleReason}; the oldest is {(now - oldest).TotalSeconds:0.###} s old");
        }

        return new FetchResult
        {
            Kind = stale ? FetchKind.Stale : forwarded ? FetchKind.Fetched : FetchKind.Hit,
            Single = isOne ? BareItem.Shaped(_plan, refusal ?? _entries[0]!) : null,
            Items = isOne ? null : Rent(),
            Count = isOne ? 1 : _entries.Length,
            Age = now - oldest,
            Ttl = bound - now,
            Forwarded = forwarded && staleReason is (null or MaxStale),
            Collapsed = collapsed,
            Reason = stale ? staleReason : forwarded ? _reason : null,
            ForwardStatus = forwardStatus,
            Limit = forwarded ? LimitNow() : null,
            Fetched = Joined + Started,
            Calls = _calls,
        };
    }

    private Entry[] Rent()
    {
        var rented = ArrayPool<Entry>.Shared.Rent(Math.Max(1, _entries.Length));
        _entries.CopyTo(rented, 0);
        return rented;
    }

    private LimitReport? LimitNow() => LimitReports.Of(_provider, _plan);
}
