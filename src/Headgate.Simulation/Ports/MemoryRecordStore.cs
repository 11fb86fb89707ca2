namespace Headgate.Simulation;

/// <summary>A record store in memory that behaves like one on a disk: what is written is durable when the write completes, and a crash loses what has not.</summary>
/// <remarks>One per process; the <see cref="RecordDisk"/> outlives it. Thread-safe while <see cref="CommitLatency"/> is zero; else for the pump's one thread.</remarks>
public sealed class MemoryRecordStore : IRecordStore
{
    private const int KindCharsMax = 128;
    private const int IdCharsMax = 512;
    private const int ContentBytesMax = 16 << 20;

    private readonly RecordDisk _disk;
    private readonly TimeProvider? _time;
    private readonly List<Action> _queued = [];
    private bool _armed;
    private bool _crashed;

    /// <param name="disk">What is durable.</param>
    /// <param name="time">The world's clock; needed only where commits take time.</param>
    public MemoryRecordStore(RecordDisk disk, TimeProvider? time = null)
    {
        _disk = disk;
        _time = time;
    }

    /// <summary>How long a commit takes; default none. Writes meanwhile join it, as in a group commit.</summary>
    public TimeSpan CommitLatency { get; init; }

    /// <summary>Writes that no commit has made durable yet.</summary>
    public int Pending => _queued.Count;

    /// <summary>The process dies: so many of the waiting writes reach the disk, the others never do, and nothing more is written.</summary>
    public void Crash(int durable = 0)
    {
        foreach (var write in _queued.Take(durable))
        {
            write();
        }

        _crashed = true;
        _queued.Clear();
    }

    public ValueTask PutAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellation)
    {
        foreach (var record in records)
        {
            Check(record);
        }

        return new ValueTask(WriteAsync(() =>
        {
            _disk.Put(records);
            return true;
        }));
    }

    public ValueTask<bool> TryAddAsync(StoredRecord record, CancellationToken cancellation)
    {
        Check(record);
        return new ValueTask<bool>(WriteAsync(() => _disk.TryAdd(record)));
    }

    public ValueTask<StoredRecord?> GetAsync(string kind, string id, CancellationToken cancellation) => new(_disk.Get(kind, id));

    public ValueTask<IReadOnlyList<StoredRecord>> QueryAsync(RecordQuery query, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Max, 1);
        return new(_disk.Query(query));
    }

    public ValueTask<bool> DeleteAsync(string kind, string id, CancellationToken cancellation) => new(WriteAsync(() => _disk.Delete(kind, id)));

    private static void Check(StoredRecord record)
    {
        ArgumentOutOfRangeException.ThrowIfZero(record.Kind.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Kind.Length, KindCharsMax);
        ArgumentOutOfRangeException.ThrowIfZero(record.Id.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Id.Length, IdCharsMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Content.Length, ContentBytesMax);
    }

    private Task<T> WriteAsync<T>(Func<T> write)
    {
        if (_crashed)
        {
            return Task.FromException<T>(new IOException("The process that held these records is gone."));
        }

        if (CommitLatency == TimeSpan.Zero)
        {
            return Task.FromResult(write());
        }

        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queued.Add(() => done.SetResult(write()));
        Arm();
        return done.Task;
    }

    private void Arm()
    {
        if (!_armed)
        {
            _armed = true;
            ITimer? timer = null;
            timer = _time!.CreateTimer(
                _ =>
                {
                    timer!.Dispose();
                    Commit();
                },
                null,
                CommitLatency,
                Timeout.InfiniteTimeSpan);
        }
    }

    private void Commit()
    {
        _armed = false;
        var writes = _queued.ToList();
        _queued.Clear();
        writes.ForEach(static write => write());
    }
}
