namespace Headgate.Caching;

/// <summary>Second level behind the memory cache: survives the process. Losing its newest 100 ms in a crash is allowed, wrong data never.</summary>
/// <remarks>Thread-safe. Failures to write are reported through <see cref="LastError"/> and cost only the second level.</remarks>
public interface IEntryStore
{
    /// <summary>Entries of these keys, in any order, absent ones left out.</summary>
    ValueTask<IReadOnlyList<Entry>> LoadAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellation);

    /// <summary>Newest entries first, up to that many bytes of body: what memory is warmed with at start.</summary>
    ValueTask<IReadOnlyList<Entry>> LoadRecentAsync(long bytesMax, CancellationToken cancellation);

    /// <summary>Queues for writing behind; a newer version of a key replaces an older one, never the reverse.</summary>
    void Put(Entry entry);

    /// <summary>Queues a removal.</summary>
    void Remove(ItemKey key);

    /// <summary>What a filter matches, newest send first, up to its bound.</summary>
    ValueTask<IReadOnlyList<EntryInfo>> ListAsync(EntryFilter filter, CancellationToken cancellation);

    /// <summary>
    /// Queues the end of everything held of a provider, entitlements included, and notes where what follows comes from: all of it or, after a crash, none.
    /// What is queued later is kept.
    /// </summary>
    void Reset(EntryOrigin origin);

    /// <summary>Where each provider's entries came from; providers without one are left out.</summary>
    ValueTask<IReadOnlyList<EntryOrigin>> LoadOriginsAsync(CancellationToken cancellation);

    /// <summary>Completes when everything queued before is durable.</summary>
    ValueTask FlushAsync(CancellationToken cancellation);

    /// <summary>Accepted credentials: (provider, class, credential, until). Durable with the entries.</summary>
    void PutEntitlement(Entitlement entitlement);

    ValueTask<IReadOnlyList<Entitlement>> LoadEntitlementsAsync(CancellationToken cancellation);

    /// <summary>The last write failure, or null while writing works.</summary>
    string? LastError { get; }
}

/// <summary>An upstream accepted this credential for this class of endpoints; ended by 401/403 (an <see cref="Until"/> in the past).</summary>
public sealed record Entitlement(string Provider, string Class, IdentityHash Credential, EngineTime Until);
