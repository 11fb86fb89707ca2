using System.Security.Cryptography;
using System.Text;
using Headgate.SignIn;

namespace Headgate.Storage.Sqlite;

/// <summary>Seals what an inner vault keeps with AES-256-GCM, bound to the name and to the column it stands in.</summary>
/// <remarks>
/// Thread-safe. The key is derived from the data directory's own key by HKDF-SHA-256, so a copied or backed-up ledger alone tells nothing; who can read the
/// whole directory can read the tokens. What was sealed with another key reads as an empty token. Rows of releases that stored plain text are read as they are and sealed by the next write.
/// </remarks>
internal sealed class SealedTokenVault : ITokenVault
{
    private const string Mark = "v1:";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly ITokenVault _inner;
    private readonly byte[] _key;

    public SealedTokenVault(ITokenVault inner, ReadOnlySpan<byte> key)
    {
        _inner = inner;
        _key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, _key, salt: [], info: "headgate token vault v1"u8);
    }

    public async ValueTask<StoredToken?> GetAsync(string name, CancellationToken cancellation) =>
        await _inner.GetAsync(name, cancellation) is { } held ? Open(held) : null;

    public async ValueTask<bool> TryStoreAsync(StoredToken? expected, string name, string token, string state, CancellationToken cancellation)
    {
        // Sealing the same text twice gives different bytes: what was expected is looked for in the clear, and its sealed form is what must still be there.
        var held = await _inner.GetAsync(name, cancellation);
        return (held is null ? null : Open(held)) == expected
            && await _inner.TryStoreAsync(held, name, Seal(name, "token", token), Seal(name, "state", state), cancellation);
    }

    // What another key sealed cannot be read: nothing of it is there, but that something was.
    private StoredToken Open(StoredToken held) =>
        Open(held.Name, "token", held.Token) is { } token && Open(held.Name, "state", held.State) is { } state
            ? held with { Token = token, State = state }
            : held with { Token = "", State = "" };

    private string Seal(string name, string column, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var @sealed = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(@sealed.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(@sealed.AsSpan(0, NonceBytes), plain, @sealed.AsSpan(NonceBytes + TagBytes), @sealed.AsSpan(NonceBytes, TagBytes), Bound(name, column));
        return Mark + Convert.ToBase64String(@sealed);
    }

    private string? Open(string name, string column, string text)
    {
        if (!text.StartsWith(Mark, StringComparison.Ordinal))
        {
            return text;
        }

        try
        {
            var @sealed = Convert.FromBase64String(text[Mark.Length..]);
            var plain = new byte[@sealed.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(_key, TagBytes);
            aes.Decrypt(@sealed.AsSpan(0, NonceBytes), @sealed.AsSpan(NonceBytes + TagBytes), @sealed.AsSpan(NonceBytes, TagBytes), plain, Bound(name, column));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception error) when (error is CryptographicException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static byte[] Bound(string name, string column) => Encoding.UTF8.GetBytes($"{column}\n{name}");
}
