using Headgate.Catalogue;

namespace Headgate.Budgets;

/// <summary>N permits in any window, under the hold rule of design §6: a permit is held from before the send until the first byte of the answer plus
/// the window, so that no latency can squeeze N+1 arrivals into an upstream's window.</summary>
internal sealed class SlidingWindow : LimitState
{
    // An arrival exactly one window after another is inside or outside by the upstream's rounding; a millisecond ends the argument.
    private static readonly TimeSpan Edge = TimeSpan.FromMilliseconds(1);

    private readonly Dictionary<long, (long Permits, EngineTime SilentUntil)> _inFlight = [];
    private readonly PriorityQueue<long, EngineTime> _releases = new();
    private long _held;

    public SlidingWindow(LimitModel model, string key)
        : base(model, key)
    {
    }

    private TimeSpan Hold => Model.Window + Edge;

    /// <summary>Puts back what a former process charged.</summary>
    public void Restore(Hold hold)
    {
        if (hold.FirstByteAt is { } firstByte)
        {
            _held += hold.Permits;
            _releases.Enqueue(hold.Permits, firstByte + Hold);
        }
        else
        {
            _held += hold.Permits;
            _releases.Enqueue(hold.Permits, hold.SentAt + hold.Timeout + Hold);
        }
    }

    public override void Take(long chargeId, long permits, EngineTime now, TimeSpan timeout, ChargeBuilder charge)
    {
        _inFlight.Add(chargeId, (permits, now + timeout + Hold));
        _held += permits;
        charge.Sliding.Add(new SlidingCharge(Key, permits, Model.Window));
    }

    public override void Cancel(long chargeId)
    {
        if (_inFlight.Remove(chargeId, out var held))
        {
            _held -= held.Permits;
        }
    }

    public override CalendarCharge? Settle(long chargeId, EngineTime firstByteAt)
    {
        if (_inFlight.Remove(chargeId, out var held))
        {
            _releases.Enqueue(held.Permits, EngineTime.Min(held.SilentUntil, firstByteAt + Hold));
        }

        return null;
    }

    public override void SettleSilent(long chargeId)
    {
        if (_inFlight.Remove(chargeId, out var held))
        {
            _releases.Enqueue(held.Permits, held.SilentUntil);
        }
    }

    public override string? ObserveUsed(long used, EngineTime now)
    {
        Release(now);
        if (used > _held)
        {
            // Others spend from the same limit. When theirs come free nobody tells, so they are held for a whole window.
            _releases.Enqueue(used - _held, now + Hold);
            _held = used;
        }

        return null;
    }

    public override long Used(EngineTime now)
    {
        Release(now);
        return _held;
    }

    public override string? WindowId(EngineTime now) => null;

    protected override bool HasPermits(long permits, bool urgent, EngineTime now, TimeSpan timeout)
    {
        Release(now);
        return _held + permits <= Model.Permits;
    }

    protected override EngineTime EarliestPermits(long permits, bool urgent, int callsAhead, EngineTime now, TimeSpan timeout, TimeSpan roundTrip)
    {
        Release(now);
        // A call that asks more than the window holds can never be sent.
        if (permits > Model.Permits)
        {
            return EngineTime.Never;
        }

        // With everything before it sent as early as possible, the window turns over once per hold plus round trip.
        var needed = permits * (callsAhead + 1L);
        var cycle = Hold + roundTrip;
        var cycles = Math.DivRem(needed - 1, Model.Permits, out var rest);
        return SlotFree(rest + 1, now, roundTrip) + (cycle * cycles);
    }

    /// <summary>When this many permits are free, if answers to calls in flight take one round trip.</summary>
    private EngineTime SlotFree(long permits, EngineTime now, TimeSpan roundTrip)
    {
        var missing = _held + permits - Model.Permits;
        if (missing <= 0)
        {
            return now;
        }

        if (missing <= 1 && EarliestFree(now, roundTrip) is { } first)
        {
            return EngineTime.Max(now, first);
        }

        List<(EngineTime At, long Permits)> frees = [];
        foreach (var (freed, at) in _releases.UnorderedItems)
        {
            frees.Add((at, freed));
        }

        foreach (var held in _inFlight.Values)
        {
            frees.Add((EngineTime.Min(held.SilentUntil, now + roundTrip + Hold), held.Permits));
        }

        frees.Sort(static (left, right) => left.At.CompareTo(right.At));
        foreach (var (at, freed) in frees)
        {
            missing -= freed;
            if (missing <= 0)
            {
                return EngineTime.Max(now, at);
            }
        }

        return EngineTime.Never;
    }

    /// <summary>When anything comes free at all: what is mostly asked, and needs no sorting.</summary>
    private EngineTime? EarliestFree(EngineTime now, TimeSpan roundTrip)
    {
        var earliest = _releases.TryPeek(out _, out var release) ? release : (EngineTime?)null;
        foreach (var held in _inFlight.Values)
        {
            var at = EngineTime.Min(held.SilentUntil, now + roundTrip + Hold);
            earliest = earliest is { } known ? EngineTime.Min(known, at) : at;
        }

        return earliest;
    }

    private void Release(EngineTime now)
    {
        while (_releases.TryPeek(out var permits, out var at) && at <= now)
        {
            _releases.Dequeue();
            _held -= permits;
        }
    }
}
