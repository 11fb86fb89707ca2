using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Headgate.Desk.Fleet.Exchange;

/// <summary>Tokens signed with a key of the Coinbase Developer Platform (ES256; jwt_generator.py of coinbase-advanced-py, read 2026-11-20).</summary>
/// <remarks>Thread-safe. The private key never leaves this object, and it signs reads alone: with a key of people's money no order can be sent, whatever asks for it.</remarks>
public sealed class Es256Tokens : IRequestSigner, IDisposable
{
    private readonly ECDsa _key;
    private readonly string _name;
    private readonly Random _nonces;
    private readonly Lock _gate = new();

    /// <param name="name">The key's name: <c>organizations/…/apiKeys/…</c>.</param>
    /// <param name="pem">The private key as PEM.</param>
    /// <param name="nonces">Draws the nonces that tell tokens of one second apart.</param>
    /// <exception cref="ArgumentException">The text is no private key.</exception>
    public Es256Tokens(string name, string pem, Random nonces)
    {
        _name = name;
        _nonces = nonces;
        _key = ECDsa.Create();
        _key.ImportFromPem(pem);
    }

    /// <exception cref="InvalidOperationException">Anything but a read.</exception>
    public string Sign(string method, string path, DateTimeOffset now)
    {
        if (!string.Equals(method, "GET", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Keys of an account sign reads alone; {method} {path} is none. Orders of a fleet are paper.");
        }

        var begins = now.ToUnixTimeSeconds();
        lock (_gate)
        {
            var head = Encode(string.Create(CultureInfo.InvariantCulture, $$"""{"alg":"ES256","typ":"JWT","kid":"{{_name}}","nonce":"{{_nonces.NextInt64():x16}}"}"""));
            var claims = Encode(string.Create(CultureInfo.InvariantCulture, $$"""{"sub":"{{_name}}","iss":"cdp","nbf":{{begins}},"exp":{{begins + 120}},"uri":"{{method}} api.coinbase.com{{path}}"}"""));
            var signature = _key.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256);
            return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
        }
    }

    public void Dispose() => _key.Dispose();

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
