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
            // Clients choose item names, so those are mixed with the seed throughout. Owners are hashes already, and of endpoints there are few, which
            // mostly differ in their last letter: adding those costs next to nothing, and the few that meet are told apart by comparison.
            var endpoint = obj.Endpoint.Length == 0 ? 0UL : ((ulong)obj.Endpoint.Length << 16) | obj.Endpoint[^1];
            var hash = Add(_seed ^ obj.Owner.High ^ BitOperations.RotateLeft(obj.Owner.Low, 17) ^ (endpoint * Prime1), obj.Id);
            hash ^= hash >> 32;
            return (int)hash;
        }
    }

    private static ulong Add(ulong hash, string text)
    {
        unchecked
        {
            var bytes = MemoryMarshal.AsBytes(text.AsSpan());
            hash ^= (ulong)bytes.Length * Prime2;
            if (bytes.Length < sizeof(ulong))
            {
                // At most three letters.
                ulong word = 0;
                foreach (var letter in text)
                {
                    word = (word << 16) | letter;
                }

                return Mix(hash, word);
            }

            for (var at = 0; at + sizeof(ulong) < bytes.Length; at += sizeof(ulong))
            {
                hash = Mix(hash, MemoryMarshal.Read<ulong>(bytes[at..]));
            }

            // The last eight bytes, some of them for the second time, instead of a loop over what is left.
            return Mix(hash, MemoryMarshal.Read<ulong>(bytes[^sizeof(ulong)..]));
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
