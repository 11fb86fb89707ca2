using Dapper;
using Microsoft.Data.Sqlite;

namespace Headgate.Strategies.Store;

/// <summary>Opens connections to one SQLite file in write-ahead mode: readers never wait for the writer.</summary>
internal sealed class SqliteFile
{
    private readonly string _connectionString;

    static SqliteFile() => SQLitePCL.Batteries_V2.Init();

    public SqliteFile(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = full, Cache = SqliteCacheMode.Private }.ToString();
    }

    /// <summary>A pooled connection. NORMAL loses nothing to a killed process; only a power cut may lose the last transactions, never integrity.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32768");
        return connection;
    }

    public void Close()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
