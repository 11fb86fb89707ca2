using System.Numerics;
using System.Runtime.InteropServices;

namespace Headgate.Caching;

/// <summary>Hashes keys with an injected seed: the same in every run of a seed, unpredictable to a client that chooses item names.</summary>
internal sealed class ItemKeyComparer : IEqualityComparer<ItemKey>
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;

    private readonly ulong _seed;

    public ItemKeyComparer(long seed) => _seed = unchecked((ulong)seed);

    public bool Equals(ItemKey x, ItemKey y) =>
        string.Equals(x.Id, y.Id, StringComparison.Ordinal) && x.Owner == y.Owner && string.Equals(x.Endpoint, y.Endpoint, StringComparison.Ordinal);

    public int GetHashCode(ItemKey obj)
    {
        unchecked
        {
            var hash = Mix(_seed ^ obj.Owner.High, obj.Owner.Low);
            hash = Add(hash, obj.Endpoint);
            hash = Add(hash, obj.Id);
            hash ^= hash >> 32;
            return (int)hash;
        }
    }

    private static ulong Add(ulong hash, string text)
    {
        unchecked
        {
            var bytes = MemoryMarshal.AsBytes(text.AsSpan());
            while (bytes.Length >= sizeof(ulong))
            {
                hash = Mix(hash, MemoryMarshal.Read<ulong>(bytes));
                bytes = bytes[sizeof(ulong)..];
            }

            ulong tail = (ulong)bytes.Length << 56;
            for (var i = 0; i < bytes.Length; i++)
            {
                tail |= (ulong)bytes[i] << (i * 8);
            }

            return Mix(hash, tail);
        }
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        unchecked
        {
            return BitOperations.RotateLeft((hash ^ (value * Prime2)) * Prime1, 29);
        }
    }
}
