using Headgate.Catalogue;

namespace Headgate.Budgets;

/// <summary>The live state of one limit under one scope value. Not thread-safe: the dispatcher's lock holds it.</summary>
internal abstract class LimitState
{
    protected LimitState(LimitModel model, string key)
    {
        Model = model;
        Key = key;
    }

    /// <summary>The rule; a reload replaces it and keeps what was spent.</summary>
    public LimitModel Model { get; set; }

    /// <summary>Limit id and scope value: the ledger's key.</summary>
    public string Key { get; }

    /// <summary>Until then the upstream wants no calls; ends by the clock alone.</summary>
    public EngineTime ClosedUntil { get; private set; }

    public string? ClosedBecause { get; private set; }

    /// <summary>Limit answers in a row, for back-off.</summary>
    public int Strikes { get; set; }

    /// <summary>Limit id, as <c>kite.quote</c>.</summary>
    public string Name => Model.Id;

    /// <summary>Who spends it, lately.</summary>
    public LimitUsage Usage { get; } = new();

    public void Close(EngineTime until, string because)
    {
        if (until > ClosedUntil)
        {
            ClosedUntil = until;
            ClosedBecause = because;
        }
    }

    /// <summary>May this many permits be taken now?</summary>
    public bool HasRoom(long permits, bool urgent, EngineTime now, TimeSpan timeout) =>
        now >= ClosedUntil && HasPermits(permits, urgent, now, timeout);

    /// <summary>When the call after <paramref name="callsAhead"/> others of the same size could be sent; an estimate that assumes answers take <paramref name="roundTrip"/>.</summary>
    public EngineTime EarliestRoom(long permits, bool urgent, int callsAhead, EngineTime now, TimeSpan timeout, TimeSpan roundTrip) =>
        EngineTime.Max(ClosedUntil, EarliestPermits(permits, urgent, callsAhead, now, timeout, roundTrip));

    /// <summary>Takes permits for a call that is about to be charged.</summary>
    public abstract void Take(long chargeId, long permits, EngineTime now, TimeSpan timeout, ChargeBuilder charge);

    /// <summary>The charge was never made durable and the call will not be sent.</summary>
    public abstract void Cancel(long chargeId);

    /// <summary>The first byte of the answer came.</summary>
    /// <returns>A calendar share that certainly was not spent in the later window, to give back in the ledger too, or null.</returns>
    public abstract CalendarCharge? Settle(long chargeId, EngineTime firstByteAt);

    /// <summary>No answer came, or none will: the permit is held as long as the request might still arrive, plus the window.</summary>
    public abstract void SettleSilent(long chargeId);

    /// <summary>The upstream says this many permits of the running window are used; it can only lower what the gate believes is left.</summary>
    /// <returns>The calendar window to record it under, or null when nothing durable changed.</returns>
    public abstract string? ObserveUsed(long used, EngineTime now);

    /// <summary>Permits spent or held in the window that counts now.</summary>
    public abstract long Used(EngineTime now);

    /// <summary>The running calendar window, or null.</summary>
    public abstract string? WindowId(EngineTime now);

    protected abstract bool HasPermits(long permits, bool urgent, EngineTime now, TimeSpan timeout);

    protected abstract EngineTime EarliestPermits(long permits, bool urgent, int callsAhead, EngineTime now, TimeSpan timeout, TimeSpan roundTrip);
}
