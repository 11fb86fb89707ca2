using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>How a commit reaches the disk.</summary>
internal enum Durability
{
    /// <summary>WAL with synchronous=NORMAL: a commit survives the process, a power cut may take the last ones.</summary>
    Process,

    /// <summary>WAL with synchronous=FULL: a commit survives a power cut.</summary>
    Power,
}

/// <summary>Opens and judges database files.</summary>
internal static class SqliteFile
{
    // Native result codes (sqlite.org/rescode.html); only their primary part is compared.
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;
    private const int NoMemory = 7;

    // How long a statement waits for somebody else's lock (an operator's shell). A charge must not outwait its demand's deadline; the cache may
    // wait as long as the replaced one did.
    private const int PowerBusySeconds = 2;
    private const int ProcessBusySeconds = 30;

    static SqliteFile() => SQLitePCL.Batteries_V2.Init();

    /// <summary>A connection of its own (never pooled: a pooled one would keep files open that are to be moved aside).</summary>
    /// <param name="path">The file.</param>
    /// <param name="durability">What a commit survives.</param>
    /// <param name="create">False fails where the file is absent: a ledger that was deleted under a running gate must not come back empty.</param>
    public static SqliteConnection OpenWriter(string path, Durability durability, bool create)
    {
        if (create)
        {
            PrivateFile.EnsureExists(path);
        }

        var connection = Open(path, SqliteOpenMode.ReadWrite, durability == Durability.Power ? PowerBusySeconds : ProcessBusySeconds);
        try
        {
            // auto_vacuum can only be chosen before the first table; it lets a pruned file give pages back.
            Execute(connection, "PRAGMA auto_vacuum=INCREMENTAL");
            Execute(connection, "PRAGMA journal_mode=WAL");
            Execute(connection, durability == Durability.Power ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
            Execute(connection, "PRAGMA journal_size_limit=16777216");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static SqliteConnection OpenReader(string path) => Open(path, SqliteOpenMode.ReadOnly, ProcessBusySeconds);

    public static int Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>The first fault found, or null. <paramref name="thorough"/> also compares every index with its table.</summary>
    public static string? FindFault(SqliteConnection connection, bool thorough)
    {
        var answer = Scalar(connection, thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)") as string;
        return string.Equals(answer, "ok", StringComparison.Ordinal) ? null : answer ?? "no answer to the integrity check";
    }

    public static bool IsCorruption(SqliteException error) => error.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>The storage, not the statement, is at fault: full, read-only, unreadable, corrupt.</summary>
    public static bool IsStorageFault(Exception error) =>
        error is IOException or UnauthorizedAccessException ||
        (error is SqliteException sqlite && sqlite.SqliteErrorCode is Busy or NoMemory or ReadOnly or InputOutput or Corrupt or Full or CannotOpen or NotADatabase);

    /// <summary>Renames a database with its log, so that a new one can begin; answers where it went.</summary>
    public static string MoveAside(string path, TimeProvider time)
    {
        var aside = $"{path}.corrupt-{time.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmssfff}";
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix);
            }
        }

        return aside;
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode, int busySeconds)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = busySeconds,
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
