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

    private readonly string _path;
    private readonly BodyFiles _bodies;
    private readonly ReaderPool _readers;
    private readonly WriteQueue _queue;
    private readonly EntryWriter _writer;
    private volatile string? _lastError;

    private SqliteEntryStore(string path, EntryStoreOptions options, TimeProvider time, BodyFiles bodies, EntrySession session)
    {
        _path = path;
        _bodies = bodies;
        _readers = new ReaderPool(path);
        _queue = new WriteQueue(options);
        VersionMax = SqliteFile.Scalar(session.Connection, "SELECT max(version) FROM entries") as long? ?? 0;
        _writer = new EntryWriter(path, options, time, bodies, session, _queue, why => _lastError = why);
        _writer.Start();
    }

    public string? LastError => _lastError;

    /// <summary>The greatest version stored when the file was opened, or 0: versions of this process must be greater, or they are taken for older.</summary>
    public long VersionMax { get; }

    /// <summary>Entries given up because the queue was full, since the start.</summary>
    public long GivenUp => _queue.GivenUp;

    /// <summary>Stands in for a full disk in tests: pages the file may have, or 0 for no bound.</summary>
    internal int PagesMax
    {
        get => _writer.PagesMax;
        set => _writer.PagesMax = value;
    }

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
            return new SqliteEntryStore(path, options, time, bodies, EntryFile.Open(path, options, bodies, time));
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
            await ReadAsync(connection => EntryReads.Keys(connection, _bodies, asked, found, _queue.Use), cancellation);
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
            await ReadAsync(connection => EntryReads.Recent(connection, _bodies, bytesMax, key => waiting.ContainsKey(key) || resets.ContainsKey(ResetScope.ProviderOf(key.Endpoint)), entries), cancellation);
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
            connection => EntryReads.Origins(connection, all),
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
                connection => EntryReads.Entitlements(connection, resets, all),
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
        await _writer.Stopped;
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
}
