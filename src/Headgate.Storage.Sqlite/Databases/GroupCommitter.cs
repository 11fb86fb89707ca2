using System.Diagnostics;

namespace Headgate.Storage.Sqlite;

/// <summary>
/// One thread that turns what many callers ask at once into few transactions: while one commit waits for the disk, the next batch gathers.
/// So a charge costs one disk flush when alone and a fraction of one under load.
/// </summary>
/// <remarks>
/// A thread of its own, because a flush blocks for milliseconds and the pool of a small machine has few threads. Results are delivered on
/// the pool. Posted work rides with the next commit and waits at most <see cref="PostedDelay"/> for one.
/// </remarks>
internal sealed class GroupCommitter<TSession> : IAsyncDisposable
    where TSession : WriteSession
{
    /// <summary>Operations waiting, at most; further callers wait for a place.</summary>
    public const int WaitingMax = 4_096;

    /// <summary>Posted work waiting, at most; more is dropped, which its askers must be able to bear.</summary>
    public const int PostedMax = 65_536;

    /// <summary>How long posted work waits for company.</summary>
    public static readonly TimeSpan PostedDelay = TimeSpan.FromMilliseconds(80);

    // One transaction's share: bounds what a crash or an error takes with it, far above what arrives during one flush.
    private const int BatchMax = 1_024;

    private readonly Func<TSession> _open;
    private readonly SemaphoreSlim _places = new(WaitingMax, WaitingMax);
    private readonly object _gate = new();
    private readonly Queue<WriteOperation<TSession>> _waiting = new();
    private readonly List<WriteOperation<TSession>> _batch = new(BatchMax);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<Action<TSession>> _posted = [];
    private List<Action<TSession>> _riding = [];
    private long _postedAt;
    private bool _stopping;
    private TSession? _session;
    private volatile Exception? _fault;

    /// <param name="name">Names the thread.</param>
    /// <param name="session">The session to begin with.</param>
    /// <param name="reopen">Opens another after a storage fault.</param>
    public GroupCommitter(string name, TSession session, Func<TSession> reopen)
    {
        _session = session;
        _open = reopen;
        new Thread(Loop) { Name = name, IsBackground = true }.Start();
    }

    /// <summary>Why the last commit failed, or null while commits succeed.</summary>
    public Exception? Fault => _fault;

    /// <summary>Transactions committed since the start.</summary>
    public long Commits { get; private set; }

    /// <summary>Runs work in a transaction; the task completes once it is durable.</summary>
    public async Task<TResult> RunAsync<TResult>(Func<TSession, TResult> work, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            var operation = new WriteOperation<TSession, TResult>(work);
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_stopping, this);
                _waiting.Enqueue(operation);
                Monitor.Pulse(_gate);
            }

            return await operation.WaitAsync(cancellation);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Queues work that need not be durable at once and may be lost with a failing commit.</summary>
    public void Post(Action<TSession> work)
    {
        lock (_gate)
        {
            if (_stopping || _posted.Count >= PostedMax)
            {
                return;
            }

            _posted.Add(work);
            if (_posted.Count == 1)
            {
                _postedAt = Stopwatch.GetTimestamp();
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Commits what is queued and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        await _stopped.Task;
    }

    private void Loop()
    {
        while (TakeBatch())
        {
            CommitBatch();
        }

        _session?.Dispose();
        _stopped.SetResult();
    }

    /// <summary>Waits for work; false when stopping and nothing is left.</summary>
    private bool TakeBatch()
    {
        _batch.Clear();
        _riding.Clear();
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_stopping)
            {
                var patience = _posted.Count == 0 ? Timeout.InfiniteTimeSpan : PostedDelay - Stopwatch.GetElapsedTime(_postedAt);
                if (_posted.Count > 0 && patience <= TimeSpan.Zero)
                {
                    break;
                }

                Monitor.Wait(_gate, patience);
            }

            while (_batch.Count < BatchMax && _waiting.TryDequeue(out var operation))
            {
                if (operation.TryTake())
                {
                    _batch.Add(operation);
                }
            }

            (_posted, _riding) = (_riding, _posted);
            return _batch.Count > 0 || _riding.Count > 0 || !_stopping || _waiting.Count > 0;
        }
    }

    private void CommitBatch()
    {
        if (_batch.Count == 0 && _riding.Count == 0)
        {
            return;
        }

        var error = TryCommit(_batch, _riding);
        if (error is not null && _batch.Count + _riding.Count > 1 && !SqliteFile.IsStorageFault(error))
        {
            // One operation is at fault (a charge id used twice, say): each alone, so that only its asker sees the error.
            TryCommit([], _riding);
            foreach (var operation in _batch)
            {
                Deliver(operation, TryCommit([operation], []));
            }

            return;
        }

        foreach (var operation in _batch)
        {
            Deliver(operation, error);
        }
    }

    private Exception? TryCommit(IReadOnlyList<WriteOperation<TSession>> operations, IReadOnlyList<Action<TSession>> riding)
    {
        try
        {
            _session ??= _open();
            _session.Begin();
            foreach (var work in riding)
            {
                work(_session);
            }

            foreach (var operation in operations)
            {
                operation.Execute(_session);
            }

            _session.Commit();
            Commits++;
            _fault = null;
            return null;
        }
        catch (Exception error)
        {
            // Recorded boundary: every asker of this batch is told, and a storage fault stays visible until a commit succeeds.
            _session?.Rollback();
            if (SqliteFile.IsStorageFault(error))
            {
                _fault = error;
                _session?.Dispose();
                _session = null;
            }

            return error;
        }
    }

    private static void Deliver(WriteOperation<TSession> operation, Exception? error)
    {
        if (error is null)
        {
            operation.Succeed();
        }
        else
        {
            operation.Fail(error);
        }
    }
}
