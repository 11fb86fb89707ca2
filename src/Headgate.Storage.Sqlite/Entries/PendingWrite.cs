using Headgate.Caching;

namespace Headgate.Storage.Sqlite;

/// <summary>What is to become of one key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Entry">Stored in the end, or null to leave the key absent.</param>
/// <param name="RemoveFirst">A removal was asked before <paramref name="Entry"/>: whatever is stored goes, even a newer version.</param>
internal sealed record PendingWrite(ItemKey Key, Entry? Entry, bool RemoveFirst)
{
    public long Bytes => Entry?.Size ?? 0;
}
