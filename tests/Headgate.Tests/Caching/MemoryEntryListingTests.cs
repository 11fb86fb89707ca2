using Headgate.Caching;
using Headgate.Conformance;
using Headgate.Simulation;

namespace Headgate.Tests.Caching;

/// <summary>The simulation's entry store lists and resets as the real one does.</summary>
public sealed class MemoryEntryListingTests : EntryListingConformance
{
    private readonly VirtualTime _time = new();
    private readonly EntryDisk _disk = new();

    protected override Task RunAsync(Func<Task> test)
    {
        _time.Run(test);
        return Task.CompletedTask;
    }

    protected override async Task WithAsync(Func<IEntryStore, Task> use)
    {
        var store = new MemoryEntryStore(_disk, _time);
        await use(store);
        await store.FlushAsync(CancellationToken.None);
    }
}
