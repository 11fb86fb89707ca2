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
    ];
}
