namespace Headgate.Storage.Sqlite;

/// <summary>How a ledger is opened.</summary>
public sealed record LedgerOptions
{
    /// <summary>
    /// Start although the ledger is corrupt: it is moved aside as <c>ledger.db.corrupt-…</c>, whatever can still be read of it is carried over,
    /// and upstream calls are refused for <see cref="AcceptCorruptHold"/>. Default false: a corrupt ledger refuses to start.
    /// </summary>
    public bool AcceptCorrupt { get; init; }

    /// <summary>
    /// How long a ledger started by <see cref="AcceptCorrupt"/> refuses charges, from its opening and across restarts. What was spent is
    /// unknown, so every window that was open must be over before it may be spent from again: at least the longest window plus the longest
    /// call time-out. Default 24 h and 5 min (daily budgets). Zero says: the providers' own counters were looked at.
    /// </summary>
    public TimeSpan AcceptCorruptHold { get; init; } = TimeSpan.FromHours(24) + TimeSpan.FromMinutes(5);

    /// <summary>Hears in one sentence what was done to a corrupt ledger; null for nobody.</summary>
    public Action<string>? Log { get; init; }
}
