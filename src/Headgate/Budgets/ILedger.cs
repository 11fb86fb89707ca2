namespace Headgate.Budgets;

/// <summary>The durable record of what was spent. Its answers are binding: no call is sent whose charge is not durable.</summary>
/// <remarks>Thread-safe. An implementation may group concurrent commits; a completed task means durable.</remarks>
public interface ILedger
{
    /// <summary>Everything a starting engine needs. Called once, before any other member.</summary>
    /// <exception cref="LedgerException">The ledger cannot be read; the message names the file and the remedy.</exception>
    ValueTask<LedgerState> LoadAsync(CancellationToken cancellation);

    /// <summary>Makes a charge durable. When the task completes the call may be sent.</summary>
    /// <exception cref="LedgerException">It could not be made durable: the call must not be sent.</exception>
    ValueTask ChargeAsync(Charge charge, CancellationToken cancellation);

    /// <summary>Notes when the first byte of the response came. Need not be durable at once: losing it only holds a permit longer.</summary>
    void Settle(long chargeId, EngineTime firstByteAt);

    /// <summary>
    /// Notes that a calendar charge certainly arrived in its first window (its answer came before the roll), so that the next window's share is given back.
    /// Need not be durable at once.
    /// </summary>
    void Release(long chargeId, string limitKey, string windowId, long permits);

    /// <summary>Makes a closure durable; a later <see cref="Closure.Until"/> for the same key replaces an earlier one.</summary>
    ValueTask CloseAsync(Closure closure, CancellationToken cancellation);

    /// <summary>Makes a server-reported usage durable: raises what a window has used, never lowers it.</summary>
    ValueTask RaiseUsedAsync(string limitKey, string windowId, long used, CancellationToken cancellation);

    /// <summary>True while charges can be made durable.</summary>
    bool IsWritable { get; }

    /// <summary>Tries to write again after a failure; true when charges can be made durable.</summary>
    ValueTask<bool> ProbeAsync(CancellationToken cancellation);
}

/// <summary>What one call spends.</summary>
/// <param name="Id">Unique within the data directory, growing.</param>
/// <param name="SentAt">Just before the send.</param>
/// <param name="Timeout">The call's time-out: without an answer the permits are held until SentAt + Timeout + window.</param>
/// <param name="Clock">Reading of the engine clock, so that the next process continues it.</param>
/// <param name="Sliding">Permits per sliding limit.</param>
/// <param name="Calendar">Permits per calendar window (a call near a roll may appear under two windows of one limit).</param>
/// <param name="Label"><c>provider.endpoint</c>, for reports.</param>
public sealed record Charge(
    long Id,
    EngineTime SentAt,
    TimeSpan Timeout,
    ClockMark Clock,
    IReadOnlyList<SlidingCharge> Sliding,
    IReadOnlyList<CalendarCharge> Calendar,
    string Label)
{
    /// <summary>Credits the call costs, for reports; limits that count credits have them among their permits.</summary>
    public long Credits { get; init; }
}

/// <param name="LimitKey">Limit id and scope value, as <c>kite.quote/1a2b…</c>.</param>
/// <param name="Permits">Permits taken.</param>
/// <param name="Window">The window's length: rows older than SentAt + Timeout + Window may be pruned.</param>
public sealed record SlidingCharge(string LimitKey, long Permits, TimeSpan Window);

/// <param name="LimitKey">Limit id and scope value.</param>
/// <param name="WindowId">The calendar window, as <c>2026-11-20</c>; a total per (limit, window) is what survives pruning.</param>
/// <param name="Permits">Permits taken.</param>
public sealed record CalendarCharge(string LimitKey, string WindowId, long Permits);

/// <summary>A limit (or a credential) that an upstream closed. Ends by the clock alone.</summary>
/// <param name="Key">Limit key, or <c>credential/…</c>.</param>
/// <param name="Until">When it opens again.</param>
/// <param name="Strikes">Limit answers in a row, for back-off.</param>
/// <param name="Reason">For people.</param>
public sealed record Closure(string Key, EngineTime Until, int Strikes, string Reason);

/// <summary>What the ledger held when it was opened.</summary>
/// <param name="Clock">The latest clock reading, or null for a new ledger.</param>
/// <param name="NextChargeId">Greater than every id used.</param>
/// <param name="Holds">Sliding charges that may still matter, with their first byte when known.</param>
/// <param name="Windows">Used permits per calendar window.</param>
/// <param name="Closures">Closures, ended ones included.</param>
public sealed record LedgerState(
    ClockMark? Clock,
    long NextChargeId,
    IReadOnlyList<Hold> Holds,
    IReadOnlyList<WindowTotal> Windows,
    IReadOnlyList<Closure> Closures)
{
    public static LedgerState Empty { get; } = new(null, 1, [], [], []);
}

public sealed record Hold(long ChargeId, string LimitKey, long Permits, EngineTime SentAt, TimeSpan Timeout, TimeSpan Window, EngineTime? FirstByteAt);

public sealed record WindowTotal(string LimitKey, string WindowId, long Used);

/// <summary>The ledger could not be read or written. The message names the file and the remedy.</summary>
public sealed class LedgerException : IOException
{
    public LedgerException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
