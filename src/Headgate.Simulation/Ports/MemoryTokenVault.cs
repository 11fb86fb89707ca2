using Headgate.Budgets;
using Headgate.SignIn;

namespace Headgate.Simulation;

/// <summary>A vault in memory that behaves like one on a disk: a write takes time, and one that a crash interrupts is there whole or not at all.</summary>
/// <remarks>One per process; the <see cref="VaultDisk"/> outlives it and may have several users. For the pump's one thread.</remarks>
public sealed class MemoryTokenVault : ITokenVault
{
    private readonly VaultDisk _disk;
    private readonly VirtualTime _time;
    private readonly Random _random;
    private readonly List<Pending> _pending = [];
    private bool _crashed;

    /// <param name="disk">What is durable.</param>
    /// <param name="time">The world's clock.</param>
    /// <param name="random">Draws what a crash leaves behind.</param>
    public MemoryTokenVault(VaultDisk disk, VirtualTime time, Random random)
    {
        _disk = disk;
        _time = time;
        _random = random;
    }

    /// <summary>A write becomes durable so long after it was asked for; default 10 ms.</summary>
    public TimeSpan CommitLatency { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Set to false for a full disk or a read-only file system.</summary>
    public bool IsHealthy { get; set; } = true;

    /// <summary>Told of every write before it begins: the place to crash a process at any write.</summary>
    public Action<string>? BeforeWrite { get; set; }

    /// <summary>Told of every write that has become durable, before its asker hears of it.</summary>
    public Action<string>? AfterWrite { get; set; }

    public ValueTask<StoredToken?> GetAsync(string name, CancellationToken cancellation) => ValueTask.FromResult(_disk.Find(name));

    public async ValueTask<bool> TryStoreAsync(StoredToken? expected, string name, string token, string state, CancellationToken cancellation)
    {
        BeforeWrite?.Invoke(state);
        if (!IsHealthy)
        {
            throw new LedgerException("the vault of this simulation is full.");
        }

        var pending = new Pending(expected, new StoredToken(name, token, state, _time.GetUtcNow()));
        _pending.Add(pending);
        ITimer? timer = null;
        timer = _time.CreateTimer(
            _ =>
            {
                timer!.Dispose();
                Commit(pending);
            },
            null,
            CommitLatency,
            Timeout.InfiniteTimeSpan);
        return await pending.Done.Task;
    }

    /// <summary>The process dies: each write under way is on the disk, or torn and as if it never was.</summary>
    public void Crash()
    {
        _crashed = true;
        foreach (var pending in _pending.ToArray())
        {
            if (_random.Next(2) == 0)
            {
                Apply(pending);
            }
            else
            {
                _disk.TornWrites++;
            }
        }

        _pending.Clear();
    }

    private void Commit(Pending pending)
    {
        if (!_crashed)
        {
            _pending.Remove(pending);
            var isStored = Apply(pending);
            AfterWrite?.Invoke(pending.Token.State);
            pending.Done.SetResult(isStored);
        }
    }

    private bool Apply(Pending pending)
    {
        if (_disk.Find(pending.Token.Name) != pending.Expected)
        {
            return false;
        }

        _disk.Put(pending.Token);
        return true;
    }

    private sealed record Pending(StoredToken? Expected, StoredToken Token)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
