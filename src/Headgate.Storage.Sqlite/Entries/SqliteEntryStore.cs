using System.Globalization;
using Headgate.Caching;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>The second level of one data directory: <c>cache.db</c> (SQLite in WAL mode, synchronous=NORMAL) and large bodies under <c>bodies/</c>.</summary>
/// <remarks>
/// Thread-safe. Writes are queued and committed within 100 ms; a crash loses those at most, and never leaves a part of one. A key's version only
/// grows, across restarts too. A failing disk costs the second level alone: <see cref="LastError"/> tells why, writes wait in the bounded queue and
/// go on by themselves once there is room.
/// </remarks>
public sealed class SqliteEntryStore : IEntryStore, IAsyncDisposable
{
    /// <summary>The file's name in the data directory.</summary>
    public const string FileName = "cache.db";

    /// <summary>The directory of large bodies in the data directory.</summary>
    public const string BodiesName = "bodies";

    // A full disk is looked at again this often.
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // Ends of entitlements are kept this long, far beyond the life of any grant they might contradict.
    private static readonly TimeSpan EntitlementsKept = TimeSpan.FromDays(30);

    private readonly string _path;
    private readonly EntryStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly BodyFiles _bodies;
    private readonly ReaderPool _readers;
    private readonly WriteQueue _queue;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EntrySession? _session;
    private volatile string? _lastError;

    private SqliteEntryStore(string path, EntryStoreOptions options, TimeProvider time, BodyFiles bodies, EntrySession session)
    {
        _path = path;
        _options = options;
        _time = time;
        _bodies = bodies;
        _session = session;
        _readers = new ReaderPool(path);
        _queue = new WriteQueue(options);
        VersionMax = SqliteFile.Scalar(session.Connection, "SELECT max(version) FROM entries") as long? ?? 0;
        new Thread(Write) { Name = "headgate entries", IsBackground = true }.Start();
    }

    public string? LastError => _lastError;

    /// <summary>The greatest version stored when the file was opened, or 0: versions of this process must be greater, or they are taken for older.</summary>
    public long VersionMax { get; }

    /// <summary>Entries given up because the queue was full, since the start.</summary>
    public long GivenUp => _queue.GivenUp;

    /// <summary>Stands in for a full disk in tests: pages the file may have, or 0 for no bound.</summary>
    internal int PagesMax { get; set; }

    /// <summary>Opens or creates the store. A corrupt cache, or one of a later release, is moved aside and replaced by an empty one.</summary>
    /// <param name="directory">The data directory (see <see cref="DataDirectory.Root"/>).</param>
    /// <param name="time">Wall clock, for bounds of age and last use.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static SqliteEntryStore Open(string directory, TimeProvider time, EntryStoreOptions? options = null)
    {
        options ??= new EntryStoreOptions();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.WriteDelay, TimeSpan.FromMilliseconds(100));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QueueMax, 1);
        var path = Path.Combine(directory, FileName);
        var bodies = new BodyFiles(Path.Combine(directory, BodiesName));
        try
        {
            EntrySession session;
            try
            {
                session = OpenSound(path, options, bodies, time);
            }
            catch (Exception error) when (error is NewerFormatException || (error is SqliteException sqlite && SqliteFile.IsCorruption(sqlite)))
            {
                // One replaced cache is evidence, two are a habit that fills the disk.
                DeleteAside(path);
                var aside = SqliteFile.MoveAside(path, time);
                session = OpenSound(path, options, bodies, time);
                options.Log?.Invoke($"The cache {path} could not be used ({error.Message}); it was moved to {aside} and begins empty.");
            }

            return new SqliteEntryStore(path, options, time, bodies, session);
        }
        catch (Exception error) when (error is SqliteException or UnauthorizedAccessException or IOException)
        {
            throw new IOException($"{path} cannot be opened ({error.Message}). Make the data directory writable and free disk space.", error);
        }
    }

    public async ValueTask<IReadOnlyList<Entry>> LoadAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellation)
    {
        var found = new List<Entry>(keys.Count);
        var asked = new List<ItemKey>();
        foreach (var key in keys)
        {
            if (!_queue.TryFind(key, out var entry))
            {
                asked.Add(key);
            }
            else if (entry is not null)
            {
                found.Add(entry);
            }
        }

        if (asked.Count > 0)
        {
            await ReadAsync(connection => ReadKeys(connection, asked, found), cancellation);
        }

        return found;
    }

    public async ValueTask<IReadOnlyList<Entry>> LoadRecentAsync(long bytesMax, CancellationToken cancellation)
    {
        var waiting = _queue.Snapshot(out var purged);
        var resets = _queue.Resets();
        var entries = waiting.Values.Where(static write => write.Entry is not null).Select(static write => write.Entry!).ToList();
        if (!purged)
        {
            await ReadAsync(connection => ReadRecent(connection, bytesMax, key => waiting.ContainsKey(key) || resets.ContainsKey(ResetScope.ProviderOf(key.Endpoint)), entries), cancellation);
        }

        entries.Sort(static (left, right) => right.SentAt.CompareTo(left.SentAt));
        var left = bytesMax;
        return [.. entries.TakeWhile(entry => (left -= entry.Size) >= 0)];
    }

    public void Put(Entry entry) => _queue.Put(entry);

    public void Remove(ItemKey key) => _queue.Remove(key);

    public async ValueTask<IReadOnlyList<EntryInfo>> ListAsync(EntryFilter filter, CancellationToken cancellation)
    {
        var waiting = _queue.Snapshot(out var purged);
        var resets = _queue.Resets();
        var found = waiting.Values.Where(static write => write.Entry is not null).Select(static write => EntryInfo.Of(write.Entry!)).Where(filter.Matches).ToList();
        if (!purged)
        {
            await ReadAsync(
                connection => found.AddRange(EntryListing.Read(connection, _bodies, filter, filter.Max + waiting.Count)
                    .Where(entry => !waiting.ContainsKey(entry.Key) && !resets.ContainsKey(ResetScope.ProviderOf(entry.Key.Endpoint)))),
                cancellation);
        }

        return [.. found.OrderByDescending(entry => entry.SentAt).ThenByDescending(entry => entry.Version).Take(filter.Max)];
    }

    public void Reset(EntryOrigin origin) => _queue.Reset(origin);

    public async ValueTask<IReadOnlyList<EntryOrigin>> LoadOriginsAsync(CancellationToken cancellation)
    {
        var all = new Dictionary<string, IdentityHash>(StringComparer.Ordinal);
        await ReadAsync(
            connection =>
            {
                using var statement = new Statement(connection, "SELECT provider, high, low FROM origins", 0);
                using var row = statement.Read();
                while (row.Read())
                {
                    all[row.GetString(0)] = EntryRow.Identity(row.GetInt64(1), row.GetInt64(2));
                }
            },
            cancellation);
        foreach (var (provider, origin) in _queue.Resets())
        {
            all[provider] = origin;
        }

        return [.. all.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new EntryOrigin(pair.Key, pair.Value))];
    }

    public void PutEntitlement(Entitlement entitlement) => _queue.Put(entitlement);

    public async ValueTask FlushAsync(CancellationToken cancellation) => await _queue.FlushAsync().WaitAsync(cancellation);

    public async ValueTask<IReadOnlyList<Entitlement>> LoadEntitlementsAsync(CancellationToken cancellation)
    {
        var waiting = _queue.Entitlements(out var purged);
        var resets = _queue.Resets();
        var all = new Dictionary<(string, string, IdentityHash), Entitlement>();
        if (!purged)
        {
            await ReadAsync(
                connection =>
                {
                    using var statement = new Statement(connection, "SELECT provider, class, credential_high, credential_low, until FROM entitlements", 0);
                    using var row = statement.Read();
                    while (row.Read())
                    {
                        if (resets.ContainsKey(row.GetString(0)))
                        {
                            continue;
                        }

                        var credential = EntryRow.Identity(row.GetInt64(2), row.GetInt64(3));
                        all[(row.GetString(0), row.GetString(1), credential)] = new Entitlement(
                            row.GetString(0), row.GetString(1), credential, new EngineTime(row.GetInt64(4)));
                    }
                },
                cancellation);
        }

        foreach (var entitlement in waiting)
        {
            all[(entitlement.Provider, entitlement.Class, entitlement.Credential)] = entitlement;
        }

        return [.. all.Values];
    }

    /// <summary>Commits what is queued, if the disk takes it, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        // Readers first: the writer, closing last, folds the log into the file.
        _readers.Dispose();
        _queue.Stop();
        await _stopped.Task;
    }

    private static EntrySession OpenSound(string path, EntryStoreOptions options, BodyFiles bodies, TimeProvider time)
    {
        var connection = SqliteFile.OpenWriter(path, Durability.Process, create: true);
        try
        {
            if (SqliteFile.FindFault(connection, thorough: false) is { } fault)
            {
                throw new SqliteException(fault, SQLitePCL.raw.SQLITE_CORRUPT);
            }

            Migrations.Apply(connection, EntrySchema.Steps);
            using (var settings = new Statement(
                connection,
                "INSERT INTO settings (key, value, updated_at) VALUES ('ttl_seconds', ?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at WHERE value <> excluded.value",
                2))
            {
                settings.Run(options.QuoteTtlSeconds.ToString(CultureInfo.InvariantCulture), time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
            }

            SqliteFile.Execute(connection, $"DELETE FROM entitlements WHERE until < {(time.GetUtcNow() - EntitlementsKept).UtcTicks}");
            SqliteFile.Execute(connection, "DELETE FROM envelopes WHERE id NOT IN (SELECT envelope_id FROM entries WHERE envelope_id IS NOT NULL)");
            bodies.Sweep(NamedBodies(connection));
            return new EntrySession(connection, path, options, bodies, time);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static HashSet<string> NamedBodies(SqliteConnection connection)
    {
        using var statement = new Statement(connection, "SELECT body_file FROM entries WHERE body_file IS NOT NULL", 0);
        using var row = statement.Read();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (row.Read())
        {
            names.Add(row.GetString(0));
        }

        return names;
    }

    private static void DeleteAside(string path)
    {
        foreach (var old in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".corrupt-*"))
        {
            File.Delete(old);
        }
    }

    private void ReadKeys(SqliteConnection connection, List<ItemKey> keys, List<Entry> found)
    {
        using var statement = new Statement(
            connection,
            $"SELECT {EntryRow.Columns} FROM {EntryRow.Source} WHERE e.endpoint = ?1 AND e.owner_high = ?2 AND e.owner_low = ?3 AND e.item = ?4",
            4);
        var envelopes = new Dictionary<(long Id, long SentAt), Envelope>();
        foreach (var key in keys)
        {
            var (high, low) = EntryRow.Halves(key.Owner);
            using var row = statement.Read(key.Endpoint, high, low, key.Id);

            // A key that is not well-formed text does not come back as it went in; then it is not this key's entry.
            if (row.Read() && EntryRow.Read(row, _bodies, envelopes) is { } entry && entry.Key == key)
            {
                found.Add(entry);
                _queue.Use(row.GetInt64(0));
            }
        }
    }

    private void ReadRecent(SqliteConnection connection, long bytesMax, Func<ItemKey, bool> isOverruled, List<Entry> entries)
    {
        using var statement = new Statement(connection, $"SELECT {EntryRow.Columns} FROM {EntryRow.Source} ORDER BY e.sent_at DESC", 0);
        using var row = statement.Read();
        var envelopes = new Dictionary<(long Id, long SentAt), Envelope>();
        var left = bytesMax;
        while (left > 0 && row.Read())
        {
            if (EntryRow.Read(row, _bodies, envelopes) is { } entry && !isOverruled(entry.Key))
            {
                left -= entry.Size;
                entries.Add(entry);
            }
        }
    }

    private async Task ReadAsync(Action<SqliteConnection> read, CancellationToken cancellation)
    {
        try
        {
            await _readers.ReadAsync(
                connection =>
                {
                    read(connection);
                    return true;
                },
                cancellation);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            // The second level is gone for now: what is not found is fetched. The operator sees why.
            _lastError = $"{_path} cannot be read ({error.Message}).";
        }
    }

    private void Write()
    {
        while (_queue.Take() is { } batch)
        {
            var error = TryCommit(batch);
            if (error is not null && !SqliteFile.IsStorageFault(error))
            {
                error = CommitSingly(batch);
            }

            if (error is null)
            {
                _lastError = null;
                _queue.Done();
                batch.Waiters.ForEach(static waiter => waiter.TrySetResult());
            }
            else
            {
                _lastError = $"{_path} cannot be written ({error.Message}).";
                batch.Waiters.ForEach(waiter => waiter.TrySetException(new IOException(_lastError, error)));
                _queue.Return(batch, RetryPause);
            }
        }

        _session?.Dispose();
        _stopped.SetResult();
    }

    /// <summary>One write is at fault, not the disk: each alone, and the one that cannot be stored is left out, or it would hold up all others for ever.</summary>
    private Exception? CommitSingly(WriteBatch batch)
    {
        var fault = TryCommit(batch.WithoutWrites());
        foreach (var write in batch.Writes.Values)
        {
            var error = fault is null ? TryCommit(WriteBatch.Only(write)) : null;
            fault ??= error is not null && SqliteFile.IsStorageFault(error) ? error : null;
        }

        return fault;
    }

    private Exception? TryCommit(WriteBatch batch)
    {
        try
        {
            _session ??= new EntrySession(SqliteFile.OpenWriter(_path, Durability.Process, create: false), _path, _options, _bodies, _time);
            if (PagesMax > 0)
            {
                SqliteFile.Execute(_session.Connection, $"PRAGMA max_page_count={PagesMax}");
            }

            _session.Begin();
            _session.Apply(batch);
            _session.Commit();
            return null;
        }
        catch (Exception error)
        {
            // Recorded boundary: LastError tells it, the batch waits for the next attempt with a fresh connection.
            _session?.Rollback();
            _session?.Dispose();
            _session = null;
            return error;
        }
    }
}
