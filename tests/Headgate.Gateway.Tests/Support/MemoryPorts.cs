using Headgate.Budgets;
using Headgate.Caching;
using Headgate.Catalogue;

namespace Headgate.Gateway.Tests.Support;

/// <summary>Ports of an engine that needs nothing durable.</summary>
internal sealed class MemoryPorts : ILedger, IEntryStore, ICredentialHasher, IMarketSessions, ISecretSource
{
    public Dictionary<string, string> Secrets { get; } = [];

    public bool IsWritable => true;

    public string? LastError => null;

    public string? Find(string name) => Secrets.GetValueOrDefault(name);

    public IdentityHash Hash(ReadOnlySpan<char> value)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(value.ToString()));
        return new IdentityHash(BitConverter.ToUInt64(hash, 0), BitConverter.ToUInt64(hash, 8));
    }

    ValueTask<LedgerState> ILedger.LoadAsync(CancellationToken cancellation) => ValueTask.FromResult(LedgerState.Empty);

    public System.Collections.Concurrent.ConcurrentQueue<Charge> Charges { get; } = new();

    public ValueTask ChargeAsync(Charge charge, CancellationToken cancellation)
    {
        Charges.Enqueue(charge);
        return ValueTask.CompletedTask;
    }

    public void Settle(long chargeId, EngineTime firstByteAt)
    {
    }

    public void Release(long chargeId, string limitKey, string windowId, long permits)
    {
    }

    public ValueTask CloseAsync(Closure closure, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask RaiseUsedAsync(string limitKey, string windowId, long used, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask<bool> ProbeAsync(CancellationToken cancellation) => ValueTask.FromResult(true);

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

    public bool IsOpen(string market, DateTimeOffset at) => true;

    public DateTimeOffset? NextOpen(string market, DateTimeOffset after) => null;

    public DateTimeOffset? NextClose(string market, DateTimeOffset after) => null;

    public DateTimeOffset? NextBarClose(string market, DateTimeOffset after, TimeSpan bar) => null;
}
