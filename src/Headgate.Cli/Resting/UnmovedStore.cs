using Headgate.Caching;

namespace Headgate.Cli.Resting;

/// <summary>
/// The entries of a gate that does not run. A provider whose address differs from the one its entries came from is not a move here: the command was only
/// started without the settings the gate runs with.
/// </summary>
internal sealed class UnmovedStore(IEntryStore store) : IEntryStore
{
    public string? LastError => store.LastError;

    public ValueTask<IReadOnlyList<Entry>> LoadAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellation) => store.LoadAsync(keys, cancellation);

    public ValueTask<IReadOnlyList<Entry>> LoadRecentAsync(long bytesMax, CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<Entry>>([]);

    public void Put(Entry entry) => store.Put(entry);

    public void Remove(ItemKey key) => store.Remove(key);

    public ValueTask<IReadOnlyList<EntryInfo>> ListAsync(EntryFilter filter, CancellationToken cancellation) => store.ListAsync(filter, cancellation);

    public void Reset(EntryOrigin origin)
    {
    }

    public ValueTask<IReadOnlyList<EntryOrigin>> LoadOriginsAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<EntryOrigin>>([]);

    public ValueTask FlushAsync(CancellationToken cancellation) => store.FlushAsync(cancellation);

    public void PutEntitlement(Entitlement entitlement)
    {
    }

    public ValueTask<IReadOnlyList<Entitlement>> LoadEntitlementsAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<Entitlement>>([]);
}
