using Headgate.Caching;

namespace Headgate.Benchmarks;

/// <summary>A second level that keeps nothing: memory alone is measured.</summary>
internal sealed class NoStore : IEntryStore
{
    public string? LastError => null;

    public ValueTask<IReadOnlyList<Entry>> LoadAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<Entry>>([]);

    public ValueTask<IReadOnlyList<Entry>> LoadRecentAsync(long bytesMax, CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<Entry>>([]);

    public void Put(Entry entry)
    {
    }

    public void Remove(ItemKey key)
    {
    }

    public ValueTask<IReadOnlyList<EntryInfo>> ListAsync(EntryFilter filter, CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<EntryInfo>>([]);

    public void Reset(EntryOrigin origin)
    {
    }

    public ValueTask<IReadOnlyList<EntryOrigin>> LoadOriginsAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<EntryOrigin>>([]);

    public ValueTask FlushAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public void PutEntitlement(Entitlement entitlement)
    {
    }

    public ValueTask<IReadOnlyList<Entitlement>> LoadEntitlementsAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<Entitlement>>([]);
}
