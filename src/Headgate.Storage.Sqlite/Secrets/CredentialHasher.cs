using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Headgate.Catalogue;

namespace Headgate.Storage.Sqlite;

/// <summary>HMAC-SHA-256 truncated to 128 bits, keyed with the data directory's own key.</summary>
/// <remarks>
/// Thread-safe and without allocation. The text is hashed as UTF-16, not re-encoded: an encoder would map every ill-formed text to the same
/// replacement character, and two callers to one identity. Keyed states are pooled: setting up the key costs four times the hash itself
/// (2.3 µs against 0.5 µs per credential on the machine of the first measurement).
/// </remarks>
public sealed class CredentialHasher : ICredentialHasher
{
    private static readonly int PooledMax = Environment.ProcessorCount * 2;

    private readonly byte[] _key;
    private readonly ConcurrentQueue<IncrementalHash> _pool = new();
    private IncrementalHash? _spare;

    /// <param name="key">At least 16 bytes; kept, not copied out again.</param>
    public CredentialHasher(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 16);
        _key = key.ToArray();
    }

    public IdentityHash Hash(ReadOnlySpan<char> value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var state = Interlocked.Exchange(ref _spare, null) ?? (_pool.TryDequeue(out var pooled) ? pooled : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key));
        state.AppendData(MemoryMarshal.AsBytes(value));
        state.GetHashAndReset(hash);
        Return(state);
        var high = BinaryPrimitives.ReadUInt64BigEndian(hash);
        var low = BinaryPrimitives.ReadUInt64BigEndian(hash[8..]);

        // All zero means nobody in particular; one hash in 2^128 is moved aside so that no caller ever is nobody.
        return (high | low) == 0 ? new IdentityHash(0, 1) : new IdentityHash(high, low);
    }

    private void Return(IncrementalHash state)
    {
        if (Interlocked.CompareExchange(ref _spare, state, null) is null)
        {
            return;
        }

        if (_pool.Count < PooledMax)
        {
            _pool.Enqueue(state);
        }
        else
        {
            state.Dispose();
        }
    }
}
