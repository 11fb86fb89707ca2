using Headgate.Conformance;
using Headgate.Refresh;

namespace Headgate.Simulation.Tests;

public sealed class MemoryWatchStoreConformanceTests : WatchStoreConformance
{
    private readonly MemoryWatchStore _store = new();

    protected override ValueTask<IWatchStore> OpenAsync() => new(_store);

    protected override ValueTask CloseAsync(IWatchStore store) => ValueTask.CompletedTask;
}
