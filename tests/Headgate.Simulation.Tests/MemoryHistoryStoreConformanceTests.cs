using Headgate.Conformance;
using Headgate.History;

namespace Headgate.Simulation.Tests;

public sealed class MemoryHistoryStoreConformanceTests : HistoryStoreConformance
{
    private readonly VirtualTime _time = new();
    private readonly HistoryDisk _disk = new();

    protected override ValueTask<IHistoryStore> OpenAsync() => new(new Pumped(new MemoryHistoryStore(_disk, _time), _time));

    protected override async ValueTask CloseAsync(IHistoryStore store) => await store.FlushAsync(default);

    /// <summary>Lets virtual time pass where a real disk would let real time pass.</summary>
    private sealed class Pumped(MemoryHistoryStore store, VirtualTime time) : IHistoryStore
    {
        public string? LastError => store.LastError;

        public ValueTask<HistoryHead?> LoadAsync(ItemKey series, CancellationToken cancellation) => store.LoadAsync(series, cancellation);

        public ValueTask<HistoryRows> LoadRowsAsync(ItemKey series, InstantRange range, CancellationToken cancellation) => store.LoadRowsAsync(series, range, cancellation);

        public ValueTask<IReadOnlyList<HistoryInfo>> ListAsync(HistoryFilter filter, CancellationToken cancellation) => store.ListAsync(filter, cancellation);

        public void Put(HistoryWrite write) => store.Put(write);

        public void Remove(ItemKey series) => store.Remove(series);

        public async ValueTask FlushAsync(CancellationToken cancellation)
        {
            var flushed = store.FlushAsync(cancellation);
            time.Advance(store.WriteBehind);
            await flushed;
        }
    }
}
