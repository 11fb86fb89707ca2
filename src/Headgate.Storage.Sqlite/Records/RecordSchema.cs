namespace Headgate.Storage.Sqlite;

/// <summary>Format of <c>records.db</c>. Times are UTC ticks (100 ns).</summary>
internal static class RecordSchema
{
    /// <summary>Every step of the format; a released step never changes.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE records (
            kind TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, content BLOB NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (kind, id));
        CREATE INDEX records_by_time ON records (kind, at, id, size);
        """,
        // Watches of the refresh scheduler; the pin of the empty provider holds for all. Columns of their own, so that operators can query them.
        """
        CREATE TABLE watches (
            name TEXT PRIMARY KEY, provider TEXT NOT NULL, target TEXT NOT NULL, interval_ticks INTEGER, priority TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE refresh_pins (provider TEXT PRIMARY KEY, strategy TEXT NOT NULL) WITHOUT ROWID;
        """,
    ];
}
