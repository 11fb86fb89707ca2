using Headgate.Budgets;
using Headgate.SignIn;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>The durable ledger of one data directory: <c>ledger.db</c>, SQLite in WAL mode with synchronous=FULL and group commit.</summary>
/// <remarks>
/// Thread-safe. A completed charge survives <c>kill -9</c> and a power cut. Sliding holds are pruned once they can no longer matter
/// (SentAt + Timeout + Window); calendar totals stay, long-ended windows folded into one total per limit. First bytes and releases ride
/// with the next commit, at most 100 ms later.
/// </remarks>
public sealed class SqliteLedger : ILedger, ITokenVault, IAsyncDisposable
{
    /// <summary>The file's name in the data directory.</summary>
    public const string FileName = "ledger.db";

    // What the port promises, and room for sealing it.
    private const int TokenCharsMax = 16 * 1024;
    private const int StateCharsMax = 128 * 1024;

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly GroupCommitter<LedgerSession> _committer;
    private readonly long _refuseUntil;

    private SqliteLedger(string path, TimeProvider time, LedgerSession session)
    {
        _path = path;
        _time = time;
        _refuseUntil = LedgerReader.Meta(session.Connection, LedgerMeta.RefuseUntil);
        _committer = new GroupCommitter<LedgerSession>("headgate ledger", session, Reopen);
    }

    public bool IsWritable => _committer.Fault is null && !IsRefusing;

    /// <summary>Transactions committed since the start; far fewer than charges under load.</summary>
    internal long Commits => _committer.Commits;

    /// <summary>Stands in for a full disk in tests: pages the file may have, or 0 for no bound.</summary>
    internal int PagesMax { get; set; }

    private bool IsRefusing => _time.GetUtcNow().UtcTicks < _refuseUntil;

    /// <summary>Opens or creates the ledger, checks its integrity and brings it to the present format.</summary>
    /// <param name="directory">The data directory (see <see cref="DataDirectory.Root"/>).</param>
    /// <param name="time">Wall clock.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="LedgerException">It is corrupt, of a later release, or cannot be written; the message names the file and the remedy.</exception>
    public static SqliteLedger Open(string directory, TimeProvider time, LedgerOptions? options = null)
    {
        var path = Path.Combine(directory, FileName);
        options ??= new LedgerOptions();
        try
        {
            return new SqliteLedger(path, time, OpenSound(path));
        }
        catch (SqliteException error) when (SqliteFile.IsCorruption(error))
        {
            if (!options.AcceptCorrupt)
            {
                throw new LedgerException(
                    $"{path} is corrupt ({error.Message}). Restore it from a backup; or accept the corrupt ledger explicitly, which moves it aside, "
                    + $"keeps what can be read and refuses upstream calls for {options.AcceptCorruptHold}.",
                    error);
            }

            return OpenAfresh(path, time, options);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(
                error is NewerFormatException ? error.Message : $"{path} cannot be opened ({error.Message}). Make the data directory writable and free disk space.", error);
        }
    }

    public async ValueTask<LedgerState> LoadAsync(CancellationToken cancellation)
    {
        try
        {
            return await _committer.RunAsync(
                static session =>
                {
                    var state = LedgerReader.Read(session.Connection);
                    session.Resume(state.Clock?.EngineTicks ?? 0);
                    return state;
                },
                cancellation);
        }
        catch (Exception error) when (error is SqliteException or IOException)
        {
            throw new LedgerException($"{_path} cannot be read ({error.Message}). Make the data directory writable and free disk space.", error);
        }
    }

    public async ValueTask ChargeAsync(Charge charge, CancellationToken cancellation)
    {
        Check(charge);
        ThrowIfUnwritable();
        await WriteAsync(session => session.Charge(charge), cancellation);
    }

    public void Settle(long chargeId, EngineTime firstByteAt) => _committer.Post(session => session.Settle(chargeId, firstByteAt));

    public void Release(long chargeId, string limitKey, string windowId, long permits)
    {
        if (permits > 0)
        {
            _committer.Post(session => session.Release(chargeId, limitKey, windowId, permits));
        }
    }

    public async ValueTask CloseAsync(Closure closure, CancellationToken cancellation) =>
        await WriteAsync(session => session.Close(closure), cancellation);

    public async ValueTask RaiseUsedAsync(string limitKey, string windowId, long used, CancellationToken cancellation)
    {
        var wall = _time.GetUtcNow().UtcTicks;
        var bounded = Math.Clamp(used, 0, LedgerSession.PermitsMax);
        await WriteAsync(session => session.Raise(limitKey, windowId, bounded, wall), cancellation);
    }

    public async ValueTask<bool> ProbeAsync(CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(static session => session.Meta(LedgerMeta.Probe, 1 + LedgerReader.Meta(session.Connection, LedgerMeta.Probe)), cancellation);
            return IsWritable;
        }
        catch (LedgerException)
        {
            return false;
        }
    }

    /// <summary>Calls charged per endpoint and UTC day, oldest first, up to 400 days back.</summary>
    public async ValueTask<IReadOnlyList<CallTotal>> ReadCallTotalsAsync(CancellationToken cancellation) =>
        await _committer.RunAsync(static session => LedgerReader.Calls(session.Connection).ToList(), cancellation);

    async ValueTask<StoredToken?> ITokenVault.GetAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await _committer.RunAsync(session => session.Token(name), cancellation);
        }
        catch (Exception error) when (error is SqliteException or IOException)
        {
            throw new LedgerException($"{_path} cannot be read ({error.Message}). Make the data directory writable and free disk space.", error);
        }
    }

    async ValueTask<bool> ITokenVault.TryStoreAsync(StoredToken? expected, string name, string token, string state, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, 256);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(token.Length, TokenCharsMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(state.Length, StateCharsMax);
        var stored = new StoredToken(name, token, state, _time.GetUtcNow());
        var done = false;
        await WriteAsync(session => done = session.TryPutToken(expected, stored), cancellation);
        return done;
    }

    /// <summary>Commits what is queued and closes the file.</summary>
    public ValueTask DisposeAsync() => _committer.DisposeAsync();

    private static LedgerSession OpenSound(string path)
    {
        var connection = SqliteFile.OpenWriter(path, Durability.Power, create: true);
        try
        {
            if (SqliteFile.FindFault(connection, thorough: true) is { } fault)
            {
                throw new SqliteException(fault, SQLitePCL.raw.SQLITE_CORRUPT);
            }

            Migrations.Apply(connection, LedgerSchema.Steps);
            return new LedgerSession(connection, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteLedger OpenAfresh(string path, TimeProvider time, LedgerOptions options)
    {
        var aside = SqliteFile.MoveAside(path, time);
        var session = OpenSound(path);
        LedgerRecovery.CarryOver(session, aside, options, time);
        return new SqliteLedger(path, time, session);
    }

    private static void Check(Charge charge)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(charge.Id);
        ArgumentOutOfRangeException.ThrowIfNegative(charge.Timeout.Ticks);
        foreach (var hold in charge.Sliding)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(hold.Permits);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(hold.Permits, LedgerSession.PermitsMax);
            ArgumentOutOfRangeException.ThrowIfNegative(hold.Window.Ticks);
        }

        foreach (var share in charge.Calendar)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(share.Permits);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(share.Permits, LedgerSession.PermitsMax);
        }
    }

    private LedgerSession Reopen()
    {
        var connection = SqliteFile.OpenWriter(_path, Durability.Power, create: false);
        return new LedgerSession(connection, _path);
    }

    private void ThrowIfUnwritable()
    {
        if (IsRefusing)
        {
            throw new LedgerException($"{_path} replaced a corrupt ledger: what was spent is unknown, so calls are refused until {new DateTime(_refuseUntil, DateTimeKind.Utc):u}.");
        }

        if (_committer.Fault is { } fault)
        {
            throw Unwritable(fault);
        }
    }

    private async Task WriteAsync(Action<LedgerSession> work, CancellationToken cancellation)
    {
        try
        {
            await _committer.RunAsync(
                session =>
                {
                    if (PagesMax > 0)
                    {
                        SqliteFile.Execute(session.Connection, $"PRAGMA max_page_count={PagesMax}");
                    }

                    work(session);
                    return true;
                },
                cancellation);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw SqliteFile.IsStorageFault(error) ? Unwritable(error) : new LedgerException($"{_path} refused the write ({error.Message}).", error);
        }
    }

    private LedgerException Unwritable(Exception error) =>
        new($"{_path} cannot be written ({error.Message}). Free disk space or make the data directory writable; no upstream call is sent until then.", error);
}
