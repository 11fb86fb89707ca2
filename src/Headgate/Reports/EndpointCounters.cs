namespace Headgate.Reports;

/// <summary>Live counters of one endpoint; interlocked, so that hits on many threads lose none.</summary>
/// <param name="creditsOfOne">Credits that a client's own call for one item would have cost; a reload that changes them counts from the next start.</param>
internal sealed class EndpointCounters(long creditsOfOne)
{
    private static readonly int RefusalKinds = Enum.GetValues<RefusalKind>().Length;

    private readonly StripedCount _oneItemHits = new();
    private readonly DurationHistogram _callTimes = new();
    private readonly DurationHistogram _queueTimes = new();
    private readonly long[] _refusedBy = new long[RefusalKinds];
    private long _demands;
    private long _items;
    private long _freshHits;
    private long _joined;
    private long _fetched;
    private long _stale;
    private long _calls;
    private long _direct;
    private long _upstreamErrors;
    private long _limited;
    private long _wouldHits;
    private long _credits;
    private long _directCredits;
    private long _oldestTicks;

    /// <summary>A demand answered from fresh entries. For one item, the most frequent event there is, that is one addition.</summary>
    public void Hit(int items, int directCalls, long directCredits, TimeSpan age)
    {
        if (items == 1)
        {
            _oneItemHits.Increment();
            NoteAge(age);
        }
        else
        {
            Asked(items, directCalls, directCredits);
            Answered(items, 0, 0, 0, age);
        }
    }

    public void Asked(int items, int directCalls, long directCredits)
    {
        Interlocked.Add(ref _directCredits, directCredits);
        Interlocked.Increment(ref _demands);
        Interlocked.Add(ref _items, items);
        Interlocked.Add(ref _direct, directCalls);
    }

    public void Answered(int fresh, int joined, int fetched, int stale, TimeSpan age)
    {
        Interlocked.Add(ref _freshHits, fresh);
        if (joined + fetched + stale > 0)
        {
            Interlocked.Add(ref _joined, joined);
            Interlocked.Add(ref _fetched, fetched);
            Interlocked.Add(ref _stale, stale);
        }

        NoteAge(age);
    }

    public void RefusedOne(RefusalKind why) => Interlocked.Increment(ref _refusedBy[(int)why]);

    public void WouldHaveHit(int items) => Interlocked.Add(ref _wouldHits, items);

    public void Called(long credits)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _credits, credits);
    }

    /// <summary>Something was sent after it had waited this long for its call.</summary>
    public void Waited(TimeSpan span) => _queueTimes.Add(span);

    /// <summary>The first byte of a call's answer came after this long.</summary>
    public void Answered(TimeSpan after) => _callTimes.Add(after);

    public void UpstreamFailed() => Interlocked.Increment(ref _upstreamErrors);

    public long Limited => Volatile.Read(ref _limited);

    public void LimitedByUpstream() => Interlocked.Increment(ref _limited);

    public EndpointStats ToStats(string endpoint)
    {
        // One item, one call of the client's own, one fresh hit.
        var hits = _oneItemHits.Sum();
        return new EndpointStats(
            endpoint,
            Volatile.Read(ref _demands) + hits,
            Volatile.Read(ref _items) + hits,
            Volatile.Read(ref _freshHits) + hits,
            Volatile.Read(ref _joined),
            Volatile.Read(ref _fetched),
            Volatile.Read(ref _stale),
            RefusedBy().Values.Sum(),
            Volatile.Read(ref _calls),
            Volatile.Read(ref _direct) + hits,
            Volatile.Read(ref _upstreamErrors),
            Volatile.Read(ref _limited),
            Volatile.Read(ref _wouldHits),
            TimeSpan.FromTicks(Volatile.Read(ref _oldestTicks)))
        {
            Credits = Volatile.Read(ref _credits),
            DirectCredits = Volatile.Read(ref _directCredits) + (hits * creditsOfOne),
            CallTimes = _callTimes.ToCounts(),
            QueueTimes = _queueTimes.ToCounts(),
            RefusedBy = RefusedBy(),
        };
    }

    private Dictionary<RefusalKind, long> RefusedBy()
    {
        var counts = new Dictionary<RefusalKind, long>();
        for (var i = 0; i < RefusalKinds; i++)
        {
            if (Volatile.Read(ref _refusedBy[i]) is > 0 and var count)
            {
                counts.Add((RefusalKind)i, count);
            }
        }

        return counts;
    }

    private void NoteAge(TimeSpan age)
    {
        var oldest = Volatile.Read(ref _oldestTicks);
        while (age.Ticks > oldest)
        {
            var seen = Interlocked.CompareExchange(ref _oldestTicks, age.Ticks, oldest);
            if (seen == oldest)
            {
                break;
            }

            oldest = seen;
        }
    }
}
