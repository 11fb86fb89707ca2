using Headgate.Refresh;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>Records of one data directory: <c>records.db</c>, SQLite in WAL mode with synchronous=FULL and group commit.</summary>
/// <remarks>Thread-safe. After a failed write the next one tries again: nothing needs to be reset once the disk has room.</remarks>
public sealed class SqliteRecordStore : IRecordStore, IAsyncDisposable
{
    /// <summary>The file's name in the data directory.</summary>
    public const string FileName = "records.db";

    private const int KindCharsMax = 128;
    private const int IdCharsMax = 512;
    private const int ContentBytesMax = 16 << 20;

    private readonly string _path;
    private readonly GroupCommitter<RecordSession> _committer;
    private readonly ReaderPool _readers;

    private SqliteRecordStore(string path, RecordSession session, RecordStoreOptions options, TimeProvider time)
    {
        _path = path;
        _readers = new ReaderPool(path);
        _committer = new GroupCommitter<RecordSession>(
            "headgate records",
            session,
            () => new RecordSession(SqliteFile.OpenWriter(path, Durability.Power, create: false), path, options, time));
        Watches = new SqliteWatchStore(this);
    }

    /// <summary>Watches and pinned strategies, in the same file; closed with this store.</summary>
    public IWatchStore Watches { get; }

    /// <summary>Why the last write failed, or null while writing works.</summary>
    public string? LastError => _committer.Fault?.Message;

    /// <summary>Opens or creates the store, checks its integrity and brings it to the present format.</summary>
    /// <param name="directory">The data directory (see <see cref="DataDirectory.Root"/>).</param>
    /// <param name="time">Wall clock, for retention.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="IOException">It is corrupt, of a later release, or cannot be written; the message names the file and the remedy.</exception>
    public static SqliteRecordStore Open(string directory, TimeProvider time, RecordStoreOptions? options = null)
    {
        var path = Path.Combine(directory, FileName);
        options ??= new RecordStoreOptions();
        try
        {
            var connection = SqliteFile.OpenWriter(path, Durability.Power, create: true);
            try
            {
                if (SqliteFile.FindFault(connection, thorough: false) is { } fault)
                {
                    throw new SqliteException(fault, SQLitePCL.raw.SQLITE_CORRUPT);
                }

                Migrations.Apply(connection, RecordSchema.Steps);
                return new SqliteRecordStore(path, new RecordSession(connection, path, options, time), options, time);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException error) when (SqliteFile.IsCorruption(error))
        {
            throw new IOException($"{path} is corrupt ({error.Message}). Restore it from a backup, or move it away to start without its runs, jobs and alerts.", error);
        }
        catch (Exception error) when (error is SqliteException or UnauthorizedAccessException or (IOException and not NewerFormatException))
        {
            throw new IOException($"{path} cannot be opened ({error.Message}). Make the data directory writable and free disk space.", error);
        }
    }

    public async ValueTask PutAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellation)
    {
        foreach (var record in records)
        {
            Check(record);
        }

        await WriteAsync(
            session =>
            {
                foreach (var record in records)
                {
                    session.Put(record);
                }

                return true;
            },
            cancellation);
    }

    public async ValueTask<bool> TryAddAsync(StoredRecord record, CancellationToken cancellation)
    {
        Check(record);
        return await WriteAsync(session => session.TryAdd(record), cancellation);
    }

    public async ValueTask<StoredRecord?> GetAsync(string kind, string id, CancellationToken cancellation) => await ReadAsync(
        connection =>
        {
            using var statement = new Statement(connection, "SELECT id, at, content FROM records WHERE kind = ?1 AND id = ?2", 2);
            using var reader = statement.Read(kind, id);
            return reader.Read() ? Record(kind, reader) : null;
        },
        cancellation);

    public async ValueTask<IReadOnlyList<StoredRecord>> QueryAsync(RecordQuery query, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Max, 1);
        var direction = query.NewestFirst ? "DESC" : "ASC";
        return await ReadAsync(
            connection =>
            {
                using var statement = new Statement(
                    connection,
                    $"""
                     SELECT id, at, content FROM records
                     WHERE kind = ?1 AND at >= ?2 AND at < ?3 AND substr(id, 1, length(?4)) = ?4
                     ORDER BY at {direction}, id {direction} LIMIT ?5
                     """,
                    5);
                using var reader = statement.Read(
                    query.Kind, query.From?.UtcTicks ?? long.MinValue, query.Before?.UtcTicks ?? long.MaxValue, query.IdPrefix, (long)query.Max);
                var records = new List<StoredRecord>();
                while (reader.Read())
                {
                    records.Add(Record(query.Kind, reader));
                }

                return records;
            },
            cancellation);
    }

    public async ValueTask<bool> DeleteAsync(string kind, string id, CancellationToken cancellation) =>
        await WriteAsync(session => session.Delete(kind, id), cancellation);

    /// <summary>Commits what is queued and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _readers.Dispose();
        await _committer.DisposeAsync();
    }

    private static StoredRecord Record(string kind, SqliteDataReader reader) =>
        new(kind, reader.GetString(0), new DateTimeOffset(reader.GetInt64(1), TimeSpan.Zero), reader.GetFieldValue<byte[]>(2));

    private static void Check(StoredRecord record)
    {
        ArgumentOutOfRangeException.ThrowIfZero(record.Kind.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Kind.Length, KindCharsMax);
        ArgumentOutOfRangeException.ThrowIfZero(record.Id.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Id.Length, IdCharsMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Content.Length, ContentBytesMax);
    }

    internal Task<T> WriteAsync<T>(Func<RecordSession, T> work, CancellationToken cancellation) => Translate(_committer.RunAsync(work, cancellation), "written");

    internal Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellation) => Translate(_readers.ReadAsync(read, cancellation), "read");

    private async Task<T> Translate<T>(Task<T> work, string verb)
    {
        try
        {
            return await work;
        }
        catch (Exception error) when (error is SqliteException or UnauthorizedAccessException)
        {
            throw new IOException($"{_path} cannot be {verb} ({error.Message}).", error);
        }
    }
}
