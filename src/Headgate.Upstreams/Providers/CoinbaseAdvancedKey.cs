using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Headgate.Upstreams.Providers;

/// <summary>A key of Coinbase Advanced Trade: its name, and the pair that signs a token for every request (coinbase-advanced-py jwt_generator.py, read 2026-11-20).</summary>
/// <threadsafety>Safe.</threadsafety>
public sealed class CoinbaseAdvancedKey : IDisposable
{
    private readonly ECDsa _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Lock _gate = new();
    private long _nonce;

    /// <param name="name">As <c>organizations/1/apiKeys/demo</c>.</param>
    public CoinbaseAdvancedKey(string name) => Name = name;

    public string Name { get; }

    /// <summary>Its private part in PEM, as a client is given it.</summary>
    public string PrivatePem()
    {
        lock (_gate)
        {
            return _pair.ExportECPrivateKeyPem();
        }
    }

    /// <summary>A token for one request, good for two minutes.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="host">The host the client believes to call; the upstream insists on its own.</param>
    /// <param name="path">Its path, without the query.</param>
    /// <param name="now">When it is signed.</param>
    public string Token(string method, string host, string path, DateTimeOffset now)
    {
        lock (_gate)
        {
            var at = now.ToUnixTimeSeconds();
            var head = Part($$"""{"alg":"ES256","typ":"JWT","kid":"{{Name}}","nonce":"{{(++_nonce).ToString(CultureInfo.InvariantCulture)}}"}""");
            var claims = Part($$"""{"sub":"{{Name}}","iss":"cdp","nbf":{{at}},"exp":{{at + 120}},"uri":"{{method}} {{host}}{{path}}"}""");
            return $"{head}.{claims}.{Base64Url.EncodeToString(_pair.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256))}";
        }
    }

    public void Dispose() => _pair.Dispose();

    internal bool Verifies(string signed, string signature)
    {
        lock (_gate)
        {
            return Base64Url.IsValid(signature) && _pair.VerifyData(Encoding.ASCII.GetBytes(signed), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256);
        }
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
