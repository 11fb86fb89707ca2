namespace Headgate.Storage.Sqlite;

/// <summary>Format of <c>ledger.db</c>. Times are engine ticks (100 ns), permits and counts integers.</summary>
internal static class LedgerSchema
{
    /// <summary>Every step of the format; a released step never changes.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE clock (
            id INTEGER PRIMARY KEY CHECK (id = 1), boot_id TEXT NOT NULL, timestamp INTEGER NOT NULL, engine_ticks INTEGER NOT NULL);
        CREATE TABLE holds (
            charge_id INTEGER NOT NULL, seq INTEGER NOT NULL, limit_key TEXT NOT NULL, permits INTEGER NOT NULL, sent_at INTEGER NOT NULL,
            timeout INTEGER NOT NULL, window INTEGER NOT NULL, first_byte_at INTEGER, expires_at INTEGER NOT NULL,
            PRIMARY KEY (charge_id, seq)) WITHOUT ROWID;
        CREATE INDEX holds_by_expiry ON holds (expires_at);
        CREATE TABLE window_totals (
            limit_key TEXT NOT NULL, window_id TEXT NOT NULL, used INTEGER NOT NULL, touched_at INTEGER NOT NULL,
            PRIMARY KEY (limit_key, window_id)) WITHOUT ROWID;
        CREATE TABLE releasable (
            charge_id INTEGER NOT NULL, limit_key TEXT NOT NULL, window_id TEXT NOT NULL, permits INTEGER NOT NULL, expires_at INTEGER NOT NULL,
            PRIMARY KEY (charge_id, limit_key, window_id)) WITHOUT ROWID;
        CREATE INDEX releasable_by_expiry ON releasable (expires_at);
        CREATE TABLE limit_totals (limit_key TEXT PRIMARY KEY, windows INTEGER NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE closures (
            key TEXT PRIMARY KEY, until INTEGER NOT NULL, strikes INTEGER NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE call_totals (
            label TEXT NOT NULL, day INTEGER NOT NULL, calls INTEGER NOT NULL, PRIMARY KEY (label, day)) WITHOUT ROWID;
        CREATE TABLE secrets_tokens (
            provider TEXT PRIMARY KEY, token TEXT NOT NULL, state TEXT NOT NULL, stored_at INTEGER NOT NULL) WITHOUT ROWID;
        """,
    ];
}
