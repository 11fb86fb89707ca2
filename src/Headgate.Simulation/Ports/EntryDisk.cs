using Headgate.Caching;

namespace Headgate.Simulation;

/// <summary>The durable half of a <see cref="MemoryEntryStore"/>.</summary>
public sealed class EntryDisk
{
    /// <summary>Durable entries by key.</summary>
    internal Dictionary<ItemKey, Entry> Entries { get; } = [];

    internal List<Entitlement> Entitlements { get; } = [];

    internal Dictionary<string, IdentityHash> Origins { get; } = new(StringComparer.Ordinal);

    /// <summary>Entries held.</summary>
    public int Count => Entries.Count;
}
