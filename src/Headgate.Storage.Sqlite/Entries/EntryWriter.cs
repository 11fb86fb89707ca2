using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>The one thread that commits what is queued. A disk that fails is tried again, with a fresh connection, until it works or the gate stops.</summary>
internal sealed class EntryWriter
{
    // A full disk is looked at again this often.
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly EntryStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly BodyFiles _bodies;
    private readonly WriteQueue _queue;
    private readonly Action<string?> _tell;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EntrySession? _session;

    /// <param name="path">The file.</param>
    /// <param name="options">The store's.</param>
    /// <param name="time">Wall clock.</param>
    /// <param name="bodies">Large bodies.</param>
    /// <param name="session">Opened already; the writer closes it.</param>
    /// <param name="queue">What to commit.</param>
    /// <param name="tell">Told why writing failed, and null once it works.</param>
    public EntryWriter(string path, EntryStoreOptions options, TimeProvider time, BodyFiles bodies, EntrySession session, WriteQueue queue, Action<string?> tell)
    {
        _path = path;
        _options = options;
        _time = time;
        _bodies = bodies;
        _session = session;
        _queue = queue;
        _tell = tell;
    }

    /// <summary>Stands in for a full disk in tests: pages the file may have, or 0 for no bound.</summary>
    public int PagesMax { get; set; }

    /// <summary>Completes when the queue was stopped and the file is closed.</summary>
    public Task Stopped => _stopped.Task;

    public void Start() => new Thread(Write) { Name = "headgate entries", IsBackground = true }.Start();

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
                _tell(null);
                _queue.Done();
                batch.Waiters.ForEach(static waiter => waiter.TrySetResult());
            }
            else
            {
                var why = $"{_path} cannot be written ({error.Message}).";
                _tell(why);
                batch.Waiters.ForEach(waiter => waiter.TrySetException(new IOException(why, error)));
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
