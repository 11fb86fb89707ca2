using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.Explain;

namespace Headgate.Flights;

/// <summary>One demand on its way through the joint decision. Used once.</summary>
internal sealed class Fetch
{
    private readonly PlanTies _ties;
    private readonly ProviderContext _provider;
    private readonly Demand _demand;
    private readonly RequestPlan _plan;
    private readonly EngineTime _askedAt;
    private readonly EngineTime _deadline;
    private readonly bool _shadow;
    private readonly ExplainTrace _trace;
    private readonly FetchResults _results;
    private readonly Entry?[] _entries;
    private readonly Verdict[] _verdicts;

    public Fetch(PlanTies ties, Demand demand, EngineTime askedAt, bool shadow, ExplainTrace trace)
    {
        _ties = ties;
        _provider = ties.Provider;
        _demand = demand;
        _plan = ties.Plan;
        _askedAt = askedAt;
        _shadow = shadow;
        _deadline = askedAt + (demand.Deadline ?? ties.Plan.Endpoint.Deadline);
        _trace = trace;
        _results = new FetchResults(ties, Tally);
        _entries = new Entry?[ties.Items.Length];
        _verdicts = new Verdict[ties.Items.Length];
    }

    public FetchTally Tally { get; } = new();

    /// <summary>In shadow: what was found out already about what the gate would have done; null leaves it to the entries.</summary>
    public bool? Observed { get; init; }

    public async ValueTask<FetchResult> RunAsync(CancellationToken cancellation)
    {
        var mayServe = _ties.MayServe(_askedAt);
        if (mayServe && Judge() is { } absent)
        {
            await _provider.Entries.RecallAsync(absent, cancellation);
            JudgeAbsent();
        }

        if (_shadow)
        {
            Tally.WouldHit = Observed ?? (mayServe && Array.TrueForAll(_verdicts, static verdict => verdict == Verdict.Fresh));
            if (Observed is null)
            {
                _trace.Add(_askedAt, "shadow", Tally.WouldHit ? "would have been answered from what is held" : "would have been fetched");
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
            return _results.Refuse(new Refusal(RefusalKind.NotCached, 504, "Not everything asked for is held, and only-if-cached forbids asking the upstream.", null, null));
        }

        if (_provider.Credentials.ClosedUntil(_plan, _askedAt) is { } closedUntil)
        {
            return _results.Refuse(CredentialGuard.Refusal(closedUntil));
        }

        var (indexes, missing) = Missing();
        Tally.Reason = WhyForwarded(indexes);
        var waiter = new Waiter();
        var boardings = _provider.Dispatcher.Board(_demand, waiter, missing, _askedAt, _deadline, mayServe ? FreshNow : null, _shadow);
        Note(boardings);
        await waiter.WaitAsync(_provider.Deadlines, _deadline, cancellation);
        return Land(indexes, boardings, waiter, cancellation);
    }

    /// <summary>Looks every item up in memory.</summary>
    /// <returns>What memory lacks, or null.</returns>
    private List<ItemKey>? Judge()
    {
        List<ItemKey>? absent = null;
        var wall = _provider.Clock.WallNow;
        for (var i = 0; i < _entries.Length; i++)
        {
            (_entries[i], _verdicts[i]) = _ties.Find(i, _demand.Freshness, _askedAt, wall);
            if (_entries[i] is null)
            {
                (absent ??= []).Add(_ties.Items[i].Key);
            }
        }

        return absent;
    }

    private void JudgeAbsent()
    {
        var wall = _provider.Clock.WallNow;
        for (var i = 0; i < _entries.Length; i++)
        {
            if (_entries[i] is null)
            {
                (_entries[i], _verdicts[i]) = _ties.Find(i, _demand.Freshness, _askedAt, wall);
            }
        }
    }

    /// <summary>The answer, when it needs no call: all fresh, or stale as far as the client or the definition allows at once.</summary>
    private FetchResult? Held()
    {
        if (Array.Exists(_entries, static entry => entry is { IsRefusal: true }) && IsRefusedAlready())
        {
            return Answer(staleReason: null, forwardStatus: null);
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

        return Answer(
            worst switch
            {
                Verdict.Fresh => null,
                Verdict.StaleAllowed => StaleReasons.MaxStale,
                _ => StaleReasons.Revalidating,
            },
            forwardStatus: null);
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
                stale.Add(_ties.Items[i]);
            }
        }

        _provider.Dispatcher.Board(background, new Waiter(), stale, _askedAt, _askedAt + _plan.Endpoint.CallTimeout, FreshNow, exclusive: false);
        _trace.Add(_askedAt, "revalidating", $"{stale.Count} item(s) answered stale and fetched behind");
    }

    private (List<int> Indexes, List<PlannedItem> Items) Missing()
    {
        List<int> indexes = [];
        List<PlannedItem> items = [];
        for (var i = 0; i < _entries.Length; i++)
        {
            // What would pass its ceiling while the others are fetched is fetched with them.
            if (_verdicts[i] < Verdict.StaleAllowed || (_verdicts[i] == Verdict.StaleAllowed && _entries[i]!.StaleUntil < _deadline))
            {
                indexes.Add(i);
                items.Add(_ties.Items[i]);
            }
        }

        return (indexes, items);
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
        foreach (var index in indexes)
        {
            if (_entries[index] is not null)
            {
                return _demand.Freshness.MaxAge is not null || _demand.Freshness.MinFresh is not null ? "request" : "stale";
            }
        }

        return "uri-miss";
    }

    private void Note(IReadOnlyList<Boarding> boardings)
    {
        var refused = 0;
        for (var i = 0; i < boardings.Count; i++)
        {
            Tally.Board(boardings[i]);
            refused += boardings[i].Refusal is null ? 0 : 1;
        }

        _trace.Add(
            _askedAt,
            "boarded",
            static figures => $"{figures.First} held, {figures.Second} joined in flight, {figures.Third} queued, {figures.Fourth} refused; deadline in {figures.Span.TotalSeconds:0.###} s",
            new ExplainFigures(_entries.Length - boardings.Count, Tally.Joined, Tally.Started, refused, _deadline - _askedAt));
    }

    private FetchResult Land(List<int> indexes, IReadOnlyList<Boarding> boardings, Waiter waiter, CancellationToken cancellation)
    {
        var landing = new Landing(_ties, _demand, _askedAt, mayUseEntries: !_shadow, _entries, _verdicts, Tally);
        landing.Leave(boardings, waiter);
        cancellation.ThrowIfCancellationRequested();
        if (landing.Land(indexes, boardings) is { } passed)
        {
            return _results.Pass(passed, _provider.Clock.Now);
        }

        Note(boardings[0]);
        return Answer(landing.StaleReason, landing.ForwardStatus);
    }

    private void Note(in Boarding boarding)
    {
        if (boarding.Flight is { Attempts: > 0 } flight)
        {
            _trace.Add(
                flight.SentAt,
                "sent",
                static figures => $"waited {figures.Span.TotalMilliseconds:0.#} ms for its turn and permits; attempt {figures.First}",
                new ExplainFigures(flight.Attempts, 0, 0, 0, flight.SentAt - _askedAt));
        }

        var now = _provider.Clock.Now;
        _trace.Add(now, "answered", static figures => $"after {figures.Span.TotalMilliseconds:0.#} ms", new ExplainFigures(now - _askedAt));
    }

    private FetchResult Answer(string? staleReason, int? forwardStatus)
    {
        var now = _provider.Clock.Now;
        if (staleReason is not null && Tally.Stale == 0)
        {
            Tally.Stale = _verdicts.Count(static verdict => verdict < Verdict.Fresh);
        }

        Tally.Fresh = _entries.Length - Tally.Joined - Tally.Started - (Tally.Stale - Tally.StaleAfterFlight);
        var result = _results.Gathered(_entries, _demand.Freshness, now, staleReason, forwardStatus);
        if (staleReason is not null)
        {
            _trace.Add(now, "stale", $"because {staleReason}; the oldest is {result.Age.TotalSeconds:0.###} s old");
        }

        return result;
    }
}
