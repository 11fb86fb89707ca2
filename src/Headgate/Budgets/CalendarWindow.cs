using Headgate.Catalogue;

namespace Headgate.Budgets;

/// <summary>N permits between two resets of a zone's calendar. A call that may arrive on either side of a reset is charged to both windows.</summary>
internal sealed class CalendarWindow : LimitState
{
    private readonly CalendarWindows _windows;
    private readonly UpstreamClock _upstream;
    private readonly Pacing _pacing;
    private readonly Dictionary<string, long> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<long, (long Permits, string First, string Last)> _inFlight = [];
    private string? _aheadIn; // the window that has spent more than its pace

    public CalendarWindow(LimitModel model, string key, UpstreamClock upstream, Pacing pacing)
        : base(model, key)
    {
        _windows = new CalendarWindows(model);
        _upstream = upstream;
        _pacing = pacing;
    }

    /// <summary>Puts back what a former process charged.</summary>
    public void Restore(WindowTotal total) => _used[total.WindowId] = total.Used;

    public override string? ObserveUsed(long used, EngineTime now)
    {
        var id = WindowId(now);
        if (used <= _used.GetValueOrDefault(id))
        {
            return null;
        }

        _used[id] = used;
        return id;
    }

    public override void Take(long chargeId, long permits, EngineTime now, TimeSpan timeout, ChargeBuilder charge)
    {
        var (first, last) = Touched(now, timeout);
        Add(first, permits);
        charge.Calendar.Add(new CalendarCharge(Key, first, permits));
        if (!string.Equals(first, last, StringComparison.Ordinal))
        {
            Add(last, permits);
            charge.Calendar.Add(new CalendarCharge(Key, last, permits));
        }

        _inFlight.Add(chargeId, (permits, first, last));
        _aheadIn = Model.Paced && _used[first] > Pace(now) ? first : null;
        Forget(now);
    }

    public override void Cancel(long chargeId)
    {
        if (_inFlight.Remove(chargeId, out var taken))
        {
            Add(taken.First, -taken.Permits);
            if (!string.Equals(taken.First, taken.Last, StringComparison.Ordinal))
            {
                Add(taken.Last, -taken.Permits);
            }
        }
    }

    public override CalendarCharge? Settle(long chargeId, EngineTime firstByteAt)
    {
        if (!_inFlight.Remove(chargeId, out var taken)
            || string.Equals(taken.First, taken.Last, StringComparison.Ordinal)
            || !string.Equals(_windows.IdAt(_upstream.Latest(firstByteAt)), taken.First, StringComparison.Ordinal))
        {
            return null;
        }

        Add(taken.Last, -taken.Permits);
        return new CalendarCharge(Key, taken.Last, taken.Permits);
    }

    public override void SettleSilent(long chargeId) => _inFlight.Remove(chargeId); // spent in every window it may have arrived in

    public override long Used(EngineTime now) => _used.GetValueOrDefault(WindowId(now)!);

    public override string WindowId(EngineTime now) => _windows.IdAt(_upstream.Earliest(now));

    /// <summary>When the running window certainly has rolled at the upstream.</summary>
    public EngineTime RollsAt(EngineTime now)
    {
        var earliest = _upstream.Earliest(now);
        return now + (_windows.NextRoll(earliest) - earliest);
    }

    protected override bool HasPermits(long permits, bool urgent, EngineTime now, TimeSpan timeout)
    {
        var (first, last) = Touched(now, timeout);
        var allowed = Allowed(urgent);
        return _used.GetValueOrDefault(first) + permits <= allowed
            && _used.GetValueOrDefault(last) + permits <= allowed
            && (urgent || !Model.Paced || Pace(now) >= PaceNeeded(first, permits, callsAhead: 0));
    }

    protected override EngineTime EarliestPermits(long permits, bool urgent, int callsAhead, EngineTime now, TimeSpan timeout, TimeSpan roundTrip)
    {
        var allowed = Allowed(urgent);
        if (permits > allowed)
        {
            return EngineTime.Never;
        }

        var needed = permits * (callsAhead + 1L);
        var (first, last) = Touched(now, timeout);
        var left = allowed - Math.Max(_used.GetValueOrDefault(first), _used.GetValueOrDefault(last));
        if (needed <= left)
        {
            return urgent || !Model.Paced ? now : PacedFrom(PaceNeeded(first, permits, callsAhead), now);
        }

        // The real reset, once for every window's worth of calls ahead.
        var rolls = (Math.Max(0, needed - left) - 1) / allowed;
        return RollsAt(now) + (Model.Window * rolls);
    }

    /// <summary>What may be spent by now without urgency.</summary>
    private long Pace(EngineTime now)
    {
        var at = _upstream.Earliest(now);
        return _pacing.Share(Allowed(urgent: false), _windows.StartOf(at), _windows.NextRoll(at), at);
    }

    // A call may run ahead of the pace by itself. Once one did, the next waits until the pace has room for all of it: without that band a demand a second
    // would find the budget open and shut in turn.
    private long PaceNeeded(string window, long permits, int callsAhead) => _used.GetValueOrDefault(window) + (permits * callsAhead) + (string.Equals(_aheadIn, window, StringComparison.Ordinal) ? permits : 0);

    private EngineTime PacedFrom(long needed, EngineTime now)
    {
        if (Pace(now) >= needed)
        {
            return now;
        }

        var at = _upstream.Earliest(now);
        var reached = _pacing.ReachedAt(needed, Allowed(urgent: false), _windows.StartOf(at), _windows.NextRoll(at));
        return now + (reached - at);
    }

    private long Allowed(bool urgent) => urgent ? Model.Permits : Model.Permits - (Model.Permits * Model.ReservePercent / 100);

    private (string First, string Last) Touched(EngineTime now, TimeSpan timeout) =>
        (_windows.IdAt(_upstream.Earliest(now)), _windows.IdAt(_upstream.Latest(now + timeout)));

    private void Add(string id, long permits) => _used[id] = _used.GetValueOrDefault(id) + permits;

    private void Forget(EngineTime now)
    {
        if (_used.Count <= 4)
        {
            return;
        }

        // Ids sort as their days do; what lies two windows back can no longer be charged.
        var current = WindowId(now);
        foreach (var id in _used.Keys.Where(id => string.CompareOrdinal(id, current) < 0).OrderBy(id => id, StringComparer.Ordinal).SkipLast(1).ToList())
        {
            _used.Remove(id);
        }
    }
}
