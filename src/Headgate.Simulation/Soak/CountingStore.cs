using Headgate.Caching;

namespace Headgate.Simulation;

/// <summary>Counts what the engine writes to its entry store.</summary>
internal sealed class CountingStore(IEntryStore inner) : IEntryStore
{
    public long Writes { get; private set; }

    public string? LastError => inner.LastError;

    public ValueTask<IReadOnlyList<Entry>> LoadAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellation) => inner.LoadAsync(keys, cancellation);

    public ValueTask<IReadOnlyList<Entry>> LoadRecentAsync(long bytesMax, CancellationToken cancellation) => inner.LoadRecentAsync(bytesMax, cancellation);

    public void Put(Entry entry)
    {
        Writes++;
        inner.Put(entry);
    }

    public void Remove(ItemKey key)
    {
        Writes++;
        inner.Remove(key);
    }

    public ValueTask<IReadOnlyList<EntryInfo>> ListAsync(EntryFilter filter, CancellationToken cancellation) => inner.ListAsync(filter, cancellation);

    public ValueTask<IReadOnlyList<EntryOrigin>> LoadOriginsAsync(CancellationToken cancellation) => inner.LoadOriginsAsync(cancellation);

    public void Reset(EntryOrigin origin)
    {
        Writes++;
        inner.Reset(origin);
    }

    public ValueTask FlushAsync(CancellationToken cancellation) => inner.FlushAsync(cancellation);

    public void PutEntitlement(Entitlement entitlement)
    {
        Writes++;
        inner.PutEntitlement(entitlement);
    }

    public ValueTask<IReadOnlyList<Entitlement>> LoadEntitlementsAsync(CancellationToken cancellation) => inner.LoadEntitlementsAsync(cancellation);
}
