using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>A writing connection with its prepared statements, used by one thread. Disposed and opened anew after a storage fault.</summary>
internal abstract class WriteSession : IDisposable
{
    private readonly List<Statement> _statements = [];
    private readonly string _path;

    protected WriteSession(SqliteConnection connection, string path)
    {
        Connection = connection;
        _path = path;
    }

    public SqliteConnection Connection { get; }

    public virtual void Begin()
    {
        // A file deleted under its open handle would take every commit and keep none of them.
        if (!File.Exists(_path))
        {
            throw new FileNotFoundException($"{_path} was removed while in use.", _path);
        }

        SqliteFile.Execute(Connection, "BEGIN IMMEDIATE");
    }

    public virtual void Commit() => SqliteFile.Execute(Connection, "COMMIT");

    public virtual void Rollback() => TryRollback(Connection);

    public virtual void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        try
        {
            Connection.Dispose();
        }
        catch (SqliteException)
        {
            // Closing folds the log into the file, which a broken disk may refuse; the log stays and is folded by the next opening.
        }
    }

    /// <summary>Ends a failed transaction; SQLite may have done so already, which is no error worth hiding the first one.</summary>
    public static void TryRollback(SqliteConnection connection)
    {
        try
        {
            SqliteFile.Execute(connection, "ROLLBACK");
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
            // "no transaction is active": rolled back by SQLite itself after a full disk or an I/O error.
        }
    }

    protected Statement Prepare(string sql, int parameters)
    {
        var statement = new Statement(Connection, sql, parameters);
        _statements.Add(statement);
        return statement;
    }
}
