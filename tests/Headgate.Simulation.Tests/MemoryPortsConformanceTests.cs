using Headgate.Budgets;
using Headgate.Caching;
using Headgate.Conformance;

namespace Headgate.Simulation.Tests;

public sealed class MemoryLedgerConformanceTests : LedgerConformance
{
    private readonly VirtualTime _time = new();
    private readonly LedgerDisk _disk = new();

    protected override ValueTask<ILedger> OpenAsync() => new(new MemoryLedger(_disk, _time, new Random(1)) { CommitLatencyMax = TimeSpan.Zero });

    protected override ValueTask CloseAsync(ILedger ledger)
    {
        ((MemoryLedger)ledger).Flush();
        return ValueTask.CompletedTask;
    }
}

public sealed class MemoryEntryStoreConformanceTests : EntryStoreConformance
{
    private readonly VirtualTime _time = new();
    private readonly EntryDisk _disk = new();

    protected override ValueTask<IEntryStore> OpenAsync() => new(new MemoryEntryStore(_disk, _time));

    protected override async ValueTask CloseAsync(IEntryStore store) => await store.FlushAsync(CancellationToken.None);
}
