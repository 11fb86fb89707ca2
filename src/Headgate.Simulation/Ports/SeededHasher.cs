using Headgate.Catalogue;

namespace Headgate.Simulation;

/// <summary>Credential hashes that are the same in every run of one seed. For simulations only: it is not a cryptographic hash.</summary>
public sealed class SeededHasher(ulong seed = 1) : ICredentialHasher
{
    public IdentityHash Hash(ReadOnlySpan<char> value) => new(Mix(value, seed), Mix(value, ~seed) | 1);

    private static ulong Mix(ReadOnlySpan<char> value, ulong seed)
    {
        unchecked
        {
            var hash = (seed * 0x9E3779B97F4A7C15UL) ^ 0xCBF29CE484222325UL;
            foreach (var letter in value)
            {
                hash = (hash ^ letter) * 0x100000001B3UL;
            }

            // SplitMix64's finaliser spreads the last letters over all bits.
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
            return hash ^ (hash >> 31);
        }
    }

    /// <summary>Hashes everything alike: for <see cref="Sabotage.MixesAccounts"/>.</summary>
    internal sealed class Same : ICredentialHasher
    {
        public IdentityHash Hash(ReadOnlySpan<char> value) => new(1, 1);
    }
}
