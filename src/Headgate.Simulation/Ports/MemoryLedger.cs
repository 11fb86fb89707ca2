using Headgate.Budgets;

namespace Headgate.Simulation;

/// <summary>A ledger in memory that behaves like one on a disk: group commit with latency, loss of what was not acknowledged, unwritable periods.</summary>
/// <remarks>
/// One per process; the <see cref="LedgerDisk"/> outlives it. <see cref="Settle"/> and <see cref="Release"/> are volatile until the next commit.
/// Charges may come from several threads; everything else belongs to the pump's.
/// </remarks>
public sealed class MemoryLedger : ILedger
{
    private static readonly TimeSpan WriteBehind = TimeSpan.FromMilliseconds(100);

    // Only conformance tests call from several threads; in a simulation there is one.
    private readonly Lock _gate = new();
    private readonly LedgerDisk _disk;
    private readonly VirtualTime _time;
    private readonly Random _random;
    private readonly List<Pending> _queued = [];
    private List<Pending> _committing = [];
    private bool _behindArmed;
    private bool _crashed;

    /// <param name="disk">What is durable.</param>
    /// <param name="time">The world's clock: a disk does not die with the process, but nothing of it reaches a dead one.</param>
    /// <param name="random">Draws commit latencies and what a crash leaves behind.</param>
    public MemoryLedger(LedgerDisk disk, VirtualTime time, Random random)
    {
        _disk = disk;
        _time = time;
        _random = random;
    }

    /// <summary>A new, empty ledger whose commits take no time.</summary>
    public MemoryLedger(VirtualTime time)
        : this(new LedgerDisk(), time, new Random(1)) => CommitLatencyMax = TimeSpan.Zero;

    public LedgerDisk Disk => _disk;

    /// <summary>A commit takes up to this long; 0 makes it durable within the call. Default 20 ms.</summary>
    public TimeSpan CommitLatencyMax { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Set to false for a full disk or a read-only file system.</summary>
    public bool IsHealthy { get; set; } = true;

    /// <summary>Called before a commit begins, with the number of its statements: the place to crash a process at any write.</summary>
    public Action<int>? BeforeCommit { get; set; }

    /// <summary>Statements written so far, durable or not.</summary>
    public long Writes { get; private set; }

    public bool IsWritable { get; private set; } = true;

    public ValueTask<LedgerState> LoadAsync(CancellationToken cancellation) => ValueTask.FromResult(_disk.Load());

    public ValueTask ChargeAsync(Charge charge, CancellationToken cancellation) =>
        cancellation.IsCancellationRequested ? ValueTask.FromCanceled(cancellation) : Write(new LedgerWrite.Charged(charge));

    public void Settle(long chargeId, EngineTime firstByteAt) => Behind(new LedgerWrite.Settled(chargeId, firstByteAt));

    public void Release(long chargeId, string limitKey, string windowId, long permits) => Behind(new LedgerWrite.Released(chargeId, limitKey, windowId, permits));

    public ValueTask CloseAsync(Closure closure, CancellationToken cancellation) => Write(new LedgerWrite.Closed(closure));

    public ValueTask RaiseUsedAsync(string limitKey, string windowId, long used, CancellationToken cancellation) =>
        Write(new LedgerWrite.Raised(limitKey, windowId, used));

    public ValueTask<bool> ProbeAsync(CancellationToken cancellation)
    {
        IsWritable = IsHealthy;
        return ValueTask.FromResult(IsWritable);
    }

    /// <summary>Commits what is queued, as a ledger that is closed in good order does. For ledgers whose commits take no time.</summary>
    public void Flush()
    {
        if (_committing.Count == 0 && _queued.Count > 0)
        {
            Begin();
        }
    }

    /// <summary>The process dies. The commit under way is on the disk whole, or torn and discarded; what was queued behind it is lost.</summary>
    public void Crash()
    {
        _crashed = true;
        if (_committing.Count > 0)
        {
            if (_random.Next(2) == 0)
            {
                _disk.Apply([.. _committing.Select(pending => pending.Write)]);
            }
            else
            {
                _disk.TornCommits++;
            }
        }

        _committing = [];
        _queued.Clear();
    }

    private ValueTask Write(LedgerWrite write)
    {
        lock (_gate)
        {
            return WriteNeedsLock(write);
        }
    }

    private ValueTask WriteNeedsLock(LedgerWrite write)
    {
        IsWritable = IsHealthy;
        if (!IsHealthy)
        {
            return ValueTask.FromException(Unwritable());
        }

        Writes++;

        if (CommitLatencyMax == TimeSpan.Zero && _committing.Count == 0)
        {
            _queued.Add(new Pending(write, null));
            Begin();
            // A crash within the write never acknowledges.
            return _crashed ? new ValueTask(new TaskCompletionSource().Task) : ValueTask.CompletedTask;
        }

        var durable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queued.Add(new Pending(write, durable));
        if (_committing.Count == 0)
        {
            Begin();
        }

        return new ValueTask(durable.Task);
    }

    private void Behind(LedgerWrite write)
    {
        if (_crashed)
        {
            return;
        }

        Writes++;
        _queued.Add(new Pending(write, null));
        if (!_behindArmed)
        {
            _behindArmed = true;
            After(WriteBehind, () =>
            {
                _behindArmed = false;
                if (_committing.Count == 0 && _queued.Count > 0)
                {
                    Begin();
                }
            });
        }
    }

    private void Begin()
    {
        BeforeCommit?.Invoke(_queued.Count);
        if (_crashed)
        {
            return; // whoever waits is dead as well
        }

        _committing = [.. _queued];
        _queued.Clear();
        if (CommitLatencyMax == TimeSpan.Zero)
        {
            Finish();
        }
        else
        {
            After(new TimeSpan(1 + _random.NextInt64(CommitLatencyMax.Ticks)), Finish);
        }
    }

    private void Finish()
    {
        var commit = _committing;
        _committing = [];
        if (IsHealthy)
        {
            _disk.Apply([.. commit.Select(pending => pending.Write)]);
            foreach (var pending in commit)
            {
                pending.Durable?.TrySetResult();
            }
        }
        else
        {
            IsWritable = false;
            foreach (var pending in commit)
            {
                pending.Durable?.TrySetException(Unwritable());
            }

            // Settlements wait for better times; without them permits are only held longer.
            _queued.InsertRange(0, commit.Where(pending => pending.Durable is null));
        }

        if (IsHealthy && _queued.Count > 0)
        {
            Begin();
        }
        else if (!IsHealthy)
        {
            Refuse();
        }
    }

    private void Refuse()
    {
        foreach (var pending in _queued)
        {
            pending.Durable?.TrySetException(Unwritable());
        }

        _queued.RemoveAll(pending => pending.Durable is not null);
    }

    private void After(TimeSpan delay, Action action)
    {
        ITimer? timer = null;
        timer = _time.CreateTimer(
            _ =>
            {
                timer!.Dispose();
                if (!_crashed)
                {
                    action();
                }
            },
            null,
            delay,
            Timeout.InfiniteTimeSpan);
    }

    private static LedgerException Unwritable() => new("ledger (in memory): the disk is full; free space and the gate goes on by itself.");

    private sealed record Pending(LedgerWrite Write, TaskCompletionSource? Durable);
}
