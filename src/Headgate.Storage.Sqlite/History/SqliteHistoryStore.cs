using Headgate.History;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>Candle history of one data directory, in <c>cache.db</c> beside the entries: rows, and the seconds they answer for.</summary>
/// <remarks>
/// Thread-safe. Open it after the <see cref="SqliteEntryStore"/> of the same directory, which replaces a corrupt file, and close it before. Rows and
/// coverage of one write are one transaction, so that no crash leaves coverage without its rows. A failing disk costs the second level alone.
/// </remarks>
public sealed class SqliteHistoryStore : IHistoryStore, IAsyncDisposable
{
    private const string HeadColumns = "id, endpoint, owner_high, owner_low, item, prefix, separator, suffix, content_type, headers, sent_at";
    private const string OfSeries = "endpoint = ?1 AND owner_high = ?2 AND owner_low = ?3 AND item = ?4";

    private readonly string _path;
    private readonly HistoryStoreOptions _options;
    private readonly GroupCommitter<HistorySession> _committer;
    private readonly ReaderPool _readers;
    private long _queuedBytes;
    private long _givenUp;
    private volatile string? _lastError;

    private SqliteHistoryStore(string path, HistorySession session, HistoryStoreOptions options, TimeProvider time)
    {
        _path = path;
        _options = options;
        _readers = new ReaderPool(path);
        _committer = new GroupCommitter<HistorySession>(
            "headgate history",
            session,
            () => new HistorySession(SqliteFile.OpenWriter(path, Durability.Process, create: false), path, options, time));
    }

    public string? LastError => _lastError;

    /// <summary>Writes given up because too much waited, since the start.</summary>
    public long GivenUp => Interlocked.Read(ref _givenUp);

    /// <summary>Opens the store and brings it to the present format.</summary>
    /// <param name="directory">The data directory (see <see cref="DataDirectory.Root"/>).</param>
    /// <param name="time">Wall clock, for bounds of age and last use.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="IOException">It cannot be written; the message names the file and the remedy.</exception>
    public static SqliteHistoryStore Open(string directory, TimeProvider time, HistoryStoreOptions? options = null)
    {
        options ??= new HistoryStoreOptions();
        var path = Path.Combine(directory, SqliteEntryStore.FileName);
        try
        {
            var connection = SqliteFile.OpenWriter(path, Durability.Process, create: true);
            try
            {
                Migrations.Apply(connection, EntrySchema.Steps);
                return new SqliteHistoryStore(path, new HistorySession(connection, path, options, time), options, time);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is SqliteException or UnauthorizedAccessException or (IOException and not NewerFormatException))
        {
            throw new IOException($"{path} cannot be opened ({error.Message}). Make the data directory writable and free disk space.", error);
        }
    }

    public async ValueTask<HistoryHead?> LoadAsync(ItemKey series, CancellationToken cancellation) => await ReadAsync(
        connection =>
        {
            var (high, low) = EntryRow.Halves(series.Owner);
            using var statement = new Statement(connection, $"SELECT {HeadColumns} FROM candle_series WHERE {OfSeries}", 4);
            using var row = statement.Read(series.Endpoint, high, low, series.Id);
            if (!row.Read())
            {
                return null;
            }

            var (id, head) = Head(connection, row);
            _committer.Post(session => session.Use(id));

            // A key that is not well-formed text does not come back as it went in; then it is not this key's series.
            return head.Series == series ? head : null;
        },
        null,
        cancellation);

    public async ValueTask<HistoryRows> LoadRowsAsync(ItemKey series, InstantRange range, CancellationToken cancellation) => await ReadAsync(
        connection =>
        {
            var (high, low) = EntryRow.Halves(series.Owner);
            using var find = new Statement(connection, $"SELECT id FROM candle_series WHERE {OfSeries}", 4);
            return find.Scalar(series.Endpoint, high, low, series.Id) is long id
                ? new HistoryRows([.. Covered(connection, id).Select(held => held.And(range)).Where(static part => !part.IsEmpty)], Rows(connection, id, range))
                : HistoryRows.None;
        },
        HistoryRows.None,
        cancellation);

    public async ValueTask<IReadOnlyList<HistoryInfo>> ListAsync(HistoryFilter filter, CancellationToken cancellation) => await ReadAsync<IReadOnlyList<HistoryInfo>>(
        connection =>
        {
            using var statement = new Statement(connection, "SELECT id, endpoint, owner_high, owner_low, item, sent_at, size FROM candle_series ORDER BY endpoint, item, owner_high, owner_low", 0);
            using var count = new Statement(connection, "SELECT count(*) FROM candles WHERE series = ?1", 1);
            using var row = statement.Read();
            List<HistoryInfo> found = [];
            while (found.Count < filter.Max && row.Read())
            {
                var key = new ItemKey(row.GetString(1), EntryRow.Identity(row.GetInt64(2), row.GetInt64(3)), row.GetString(4));
                var sentAt = new EngineTime(row.GetInt64(5));
                if (filter.Matches(key, sentAt))
                {
                    var id = row.GetInt64(0);
                    found.Add(new HistoryInfo(key, Covered(connection, id), (long)count.Scalar(id)!, row.GetInt64(6), sentAt));
                }
            }

            return found;
        },
        [],
        cancellation);

    public void Put(HistoryWrite write)
    {
        var bytes = write.Rows.Sum(static row => (long)row.Text.Length + 64);
        if (Interlocked.Add(ref _queuedBytes, bytes) > _options.QueueBytesMax)
        {
            Interlocked.Add(ref _queuedBytes, -bytes);
            Interlocked.Increment(ref _givenUp);
            return;
        }

        _ = WriteAsync(session => session.Put(write), bytes);
    }

    public void Remove(ItemKey series) => _ = WriteAsync(session => session.Remove(series), 0);

    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        try
        {
            await _committer.RunAsync(static _ => true, cancellation);
        }
        catch (SqliteException error)
        {
            throw new IOException($"{_path} cannot be written ({error.Message}).", error);
        }
    }

    /// <summary>Commits what is queued and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _readers.Dispose();
        await _committer.DisposeAsync();
    }

    private static (long Id, HistoryHead Head) Head(SqliteConnection connection, SqliteDataReader row)
    {
        var id = row.GetInt64(0);
        var frame = new HistoryFrame(
            row.GetFieldValue<byte[]>(5),
            row.IsDBNull(6) ? (ReadOnlyMemory<byte>?)null : row.GetFieldValue<byte[]>(6),
            row.GetFieldValue<byte[]>(7),
            row.IsDBNull(8) ? null : row.GetString(8),
            row.IsDBNull(9) ? [] : EntryRow.Headers(row.GetString(9)),
            new EngineTime(row.GetInt64(10)));
        var key = new ItemKey(row.GetString(1), EntryRow.Identity(row.GetInt64(2), row.GetInt64(3)), row.GetString(4));
        return (id, new HistoryHead(key, Covered(connection, id), frame));
    }

    private static List<InstantRange> Covered(SqliteConnection connection, long id)
    {
        using var statement = new Statement(connection, """SELECT "from", "to" FROM candle_coverage WHERE series = ?1 ORDER BY "from" """, 1);
        using var row = statement.Read(id);
        List<InstantRange> ranges = [];
        while (row.Read())
        {
            ranges.Add(new InstantRange(row.GetInt64(0), row.GetInt64(1)));
        }

        return ranges;
    }

    private static List<CandleRow> Rows(SqliteConnection connection, long id, InstantRange range)
    {
        using var statement = new Statement(connection, "SELECT bar, row FROM candles WHERE series = ?1 AND bar >= ?2 AND bar < ?3 ORDER BY bar", 3);
        using var row = statement.Read(id, range.Start, range.End);
        List<CandleRow> rows = [];
        while (row.Read())
        {
            rows.Add(new CandleRow(row.GetInt64(0), row.GetFieldValue<byte[]>(1)));
        }

        return rows;
    }

    /// <summary>Reads at one moment of the file: coverage and rows must belong together.</summary>
    private async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, T none, CancellationToken cancellation)
    {
        try
        {
            return await _readers.ReadAsync(
                connection =>
                {
                    using var transaction = connection.BeginTransaction(deferred: true);
                    return read(connection);
                },
                cancellation);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            // The second level is gone for now: what is not found is fetched. The operator sees why.
            _lastError = $"{_path} cannot be read ({error.Message}).";
            return none;
        }
    }

    private async Task WriteAsync(Action<HistorySession> work, long bytes)
    {
        try
        {
            await _committer.RunAsync(
                session =>
                {
                    work(session);
                    return true;
                },
                CancellationToken.None);
            _lastError = null;
        }
        catch (Exception error)
        {
            // Recorded boundary: nobody awaits a write behind. What is lost here is fetched again.
            _lastError = $"{_path} cannot be written ({error.Message}).";
        }
        finally
        {
            Interlocked.Add(ref _queuedBytes, -bytes);
        }
    }
}
