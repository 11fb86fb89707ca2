using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Headgate.Catalogue;

namespace Headgate.Storage.Sqlite;

/// <summary>HMAC-SHA-256 truncated to 128 bits, keyed with the data directory's own key.</summary>
/// <remarks>
/// Thread-safe and without allocation. The text is hashed as UTF-16, not re-encoded: an encoder would map every ill-formed text to the same
/// replacement character, and two callers to one identity.
/// </remarks>
public sealed class CredentialHasher : ICredentialHasher
{
    private readonly byte[] _key;

    /// <param name="key">At least 16 bytes; kept, not copied out again.</param>
    public CredentialHasher(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 16);
        _key = key.ToArray();
    }

    public IdentityHash Hash(ReadOnlySpan<char> value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, MemoryMarshal.AsBytes(value), hash);
        var high = BinaryPrimitives.ReadUInt64BigEndian(hash);
        var low = BinaryPrimitives.ReadUInt64BigEndian(hash[8..]);

        // All zero means nobody in particular; one hash in 2^128 is moved aside so that no caller ever is nobody.
        return (high | low) == 0 ? new IdentityHash(0, 1) : new IdentityHash(high, low);
    }
}
