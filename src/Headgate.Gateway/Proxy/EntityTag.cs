using Headgate.Caching;

namespace Headgate.Gateway.Proxy;

/// <summary>Strong entity tags made from entry versions, never from hashing a body.</summary>
internal static class EntityTag
{
    /// <summary>
    /// The tag of one entry. The send time goes with the version, so that a tag kept by a client never fits another entry that a new data directory gave
    /// the same version.
    /// </summary>
    public static string Of(Entry entry, string? coding)
    {
        var tag = string.Create(null, stackalloc char[64], $"\"{entry.SentAt.Ticks:x}-{entry.Version:x}");
        return coding is null ? tag + "\"" : string.Concat(tag, "-", coding, "\"");
    }

    /// <summary>The tag of a gather: a 128-bit digest of its entries' send times and versions, in order.</summary>
    public static string Of(ReadOnlySpan<Entry> entries)
    {
        var (high, low) = (0x9E3779B97F4A7C15UL, 0xC2B2AE3D27D4EB4FUL);
        foreach (var entry in entries)
        {
            high = Mix(high ^ unchecked((ulong)entry.Version), 0xFF51AFD7ED558CCDUL) ^ low;
            low = unchecked(Mix(low ^ (ulong)entry.SentAt.Ticks, 0xC4CEB9FE1A85EC53UL) + high);
        }

        return string.Create(null, stackalloc char[64], $"\"m{high:x16}{low:x16}\"");
    }

    // One round of MurmurHash3's finalizer: every input bit reaches every output bit.
    private static ulong Mix(ulong value, ulong factor)
    {
        unchecked
        {
            value ^= value >> 33;
            value *= factor;
            value ^= value >> 29;
            return value;
        }
    }
}
