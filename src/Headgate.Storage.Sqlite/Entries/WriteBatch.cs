using Headgate.Caching;

namespace Headgate.Storage.Sqlite;

/// <summary>What the writer takes from the queue at once and commits in one transaction.</summary>
internal sealed class WriteBatch
{
    /// <summary>Everything stored goes first: removals no longer fitted the queue.</summary>
    public bool PurgeEntries { get; init; }

    /// <summary>Every entitlement goes first, for the same reason.</summary>
    public bool PurgeEntitlements { get; init; }

    /// <summary>Providers of which everything stored goes before the writes, with where the writes come from.</summary>
    public IReadOnlyDictionary<string, IdentityHash> Resets { get; init; } = new Dictionary<string, IdentityHash>(StringComparer.Ordinal);

    public required Dictionary<ItemKey, PendingWrite> Writes { get; init; }

    public required Dictionary<(string Provider, string Class, IdentityHash Credential), Entitlement> Entitlements { get; init; }

    /// <summary>Rows read since, whose last use is to be noted.</summary>
    public required IReadOnlyCollection<long> Used { get; init; }

    /// <summary>Whoever waits for this batch and all before it.</summary>
    public required List<TaskCompletionSource> Waiters { get; init; }

    /// <summary>Is what is stored of this endpoint about to go?</summary>
    public bool IsReset(string endpoint) => Resets.Count > 0 && Resets.ContainsKey(ResetScope.ProviderOf(endpoint));

    /// <summary>Its purges, resets, entitlements and uses alone.</summary>
    public WriteBatch WithoutWrites() => new()
    {
        PurgeEntries = PurgeEntries,
        PurgeEntitlements = PurgeEntitlements,
        Resets = Resets,
        Writes = [],
        Entitlements = Entitlements,
        Used = Used,
        Waiters = [],
    };

    /// <summary>One write alone.</summary>
    public static WriteBatch Only(PendingWrite write) => new()
    {
        Writes = new Dictionary<ItemKey, PendingWrite> { [write.Key] = write },
        Entitlements = [],
        Used = [],
        Waiters = [],
    };
}
