using Headgate.Catalogue;
using Headgate.Desk.Doors;
using Headgate.Refresh;

namespace Headgate.Simulation;

/// <summary>Notes of what was asked of the gate through a day.</summary>
/// <param name="linger">The engine's linger, which the bound grants every ask that is not urgent.</param>
/// <param name="markets">Sessions, for freshness that follows them.</param>
/// <param name="log">The run's other notes.</param>
internal sealed class FleetWatch(TimeSpan linger, IMarketSessions markets, FleetLog log)
{
    private readonly DemandBound _bound = new(linger, markets);
    private readonly Dictionary<(string Client, DateTimeOffset? Cycle), List<(int Ask, DateTimeOffset AnsweredAt)>> _answers = [];
    private readonly List<long> _waits = [];
    private readonly List<long> _ages = [];
    private readonly List<long> _staleAges = [];
    private int _asks;
    private long _unkept;
    private long _writes;
    private int _refreshes;

    /// <summary>Bars asked and fetched.</summary>
    public BarTally Bars { get; } = new();

    public long Asks => _asks;

    public long Stale { get; private set; }

    public long Refused { get; private set; }

    public long Failed { get; private set; }

    public Percentiles Waits => Percentiles.Of(_waits);

    public Percentiles Ages => Percentiles.Of(_ages);

    public Percentiles StaleAges => Percentiles.Of(_staleAges);

    public Bound Bound() => _bound.Total();

    /// <summary>The bound by kind.</summary>
    public CallKinds BoundKinds() => _bound.Kinds();

    /// <summary>Calls made, by kind.</summary>
    /// <param name="calls">All of them.</param>
    public CallKinds Made(long calls) => new(calls - _unkept - _writes, _unkept, _writes);

    /// <summary>Something was asked to be sent.</summary>
    public void NoteSend() => _bound.AddWrite();

    /// <summary>It left, or was refused before.</summary>
    public void NoteSent(DeskMessage message, DeskAnswer answer)
    {
        _writes += answer.Calls;
        log.NoteCalls(message.Client, answer.Calls);
    }

    /// <summary>What a client asks after an answer of the same cycle is computed from that answer: no call can carry both.</summary>
    public int NoteAsk(DeskAsk ask, RequestPlan plan, DateTimeOffset at)
    {
        var number = _asks++;
        var after = -1;
        if (ask.NotBefore is { } cycle && _answers.TryGetValue((ask.Client, cycle), out var earlier))
        {
            foreach (var (answered, answeredAt) in earlier)
            {
                after = answeredAt <= at ? answered : after;
            }
        }

        var bound = ask.NotBefore is { } notBefore ? at - notBefore : ask.MaxAge ?? ask.Ttl;
        _bound.Add(number, plan, at, bound, Urgency.Of(ask.Urgency).IsUrgent, after);
        return number;
    }

    /// <summary>
    /// An item that is kept fresh is a demand of its own: nothing older than its interval, at any moment. A watch asks when the last answer is as old as that, so a call
    /// that came a moment less than an interval before would have done as well, whoever made it. It does not linger: the item is too old at that moment.
    /// </summary>
    public void NoteRefresh(RequestPlan plan, DateTimeOffset at, TimeSpan interval) => _bound.Add(~_refreshes++, plan, at, interval - TimeSpan.FromTicks(1), isUrgent: true, after: -1);

    public void NoteRefreshed(int calls) => log.NoteCalls(RefreshScheduler.Client, calls);

    public void NoteAnswer(int number, DeskAsk ask, RequestPlan plan, DeskAnswer answer, DateTimeOffset at, DateTimeOffset answeredAt)
    {
        log.NoteCalls(ask.Client, answer.Calls);
        _unkept += plan.Endpoint.Cacheable ? 0 : answer.Calls;
        if (answer.Refusal is not null)
        {
            Refused++;
            return;
        }

        if (!answer.IsData)
        {
            Failed++;
            return;
        }

        _waits.Add((answeredAt - at).Ticks);
        Stale += answer.IsStale ? 1 : 0;
        if (plan.Endpoint.Range is not null)
        {
            // Closed bars are as good as new however old they are, so they have no part in the ages.
            Bars.NoteAsked(ask.Target, ask.Client, BarCount.Of(answer.Body.Span));
            return;
        }

        (answer.IsStale ? _staleAges : _ages).Add(answer.Age.Ticks);
        if (plan.Endpoint.Batch is not null && ask.NotBefore is { } cycle)
        {
            var key = (ask.Client, (DateTimeOffset?)cycle);
            (_answers.TryGetValue(key, out var earlier) ? earlier : _answers[key] = []).Add((number, answeredAt));
        }
    }
}
