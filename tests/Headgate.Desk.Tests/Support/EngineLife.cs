using Headgate.Catalogue;
using Headgate.Simulation;
using Headgate.Upstream;

namespace Headgate.Desk.Tests.Support;

/// <summary>A process with what is durable around it: it ends when it is told or killed, and the next one goes on from its stores.</summary>
internal sealed class EngineLife
{
    private readonly VirtualProcess _process;
    private readonly MemoryLedger _ledger;
    private readonly MemoryEntryStore _entries;
    private readonly MemoryHistoryStore _history;
    private readonly MemoryTokenVault _vault;
    private readonly Random _random;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <param name="time">The world's time.</param>
    /// <param name="stores">What outlives it.</param>
    /// <param name="number">Which life it is; chance follows from it.</param>
    /// <param name="live">What it does, until it is told to stop.</param>
    public EngineLife(VirtualTime time, FleetStores stores, int number, Func<EngineLife, CancellationToken, Task> live)
    {
        _random = new Random(number);
        _process = new VirtualProcess(time);
        _ledger = new MemoryLedger(stores.Ledger, time, new Random(number)) { CommitLatencyMax = TimeSpan.Zero };
        _entries = new MemoryEntryStore(stores.Entries, time);
        _history = new MemoryHistoryStore(stores.History, time);
        _vault = new MemoryTokenVault(stores.Vault, time, new Random(number));
        Records = new MemoryRecordStore(stores.Records, time);
        _running = RunAsync(live);
    }

    public MemoryRecordStore Records { get; }

    /// <summary>Ports of this process for its engine.</summary>
    public EnginePorts Ports(IUpstreamTransport network, IMarketSessions markets, ISecretSource? secrets = null) => new()
    {
        Time = _process,
        BootId = _process.BootId,
        Random = _random,
        Transport = network,
        Ledger = _ledger,
        Entries = _entries,
        History = _history,
        Hasher = new SeededHasher(),
        Secrets = secrets,
        Vault = _vault,
        Markets = markets,
    };

    public async Task StopAsync()
    {
        _stop.Cancel();
        await _running;
    }

    public async Task KillAsync()
    {
        _ledger.Crash();
        _entries.Crash();
        _history.Crash();
        _vault.Crash();
        Records.Crash();
        _process.Kill();
        await _running;
    }

    private async Task RunAsync(Func<EngineLife, CancellationToken, Task> live)
    {
        try
        {
            await _process.Run(() => live(this, _stop.Token));
        }
        catch (ProcessKilledException)
        {
            // The next one goes on from what was durable.
        }
    }
}
