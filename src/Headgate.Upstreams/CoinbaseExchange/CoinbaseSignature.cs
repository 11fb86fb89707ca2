using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Headgate.Upstreams.CoinbaseExchange;

/// <summary>CB-ACCESS-SIGN: base64 HMAC-SHA256 of timestamp + METHOD + path?query + body, over the bytes as they arrived.</summary>
public static class CoinbaseSignature
{
    /// <summary>The signature a client sends for a request.</summary>
    /// <param name="secret">Base64 secret of the key.</param>
    /// <param name="timestamp">The text of CB-ACCESS-TIMESTAMP.</param>
    /// <param name="rawTarget">Path and query byte for byte.</param>
    public static string Sign(string secret, string timestamp, string method, string rawTarget, ReadOnlyMemory<byte> body)
    {
        byte[] signed = [.. Encoding.Latin1.GetBytes(timestamp + method + rawTarget), .. body.Span];
        return Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret), signed));
    }

    /// <summary>The key that signed a request, or the refusal.</summary>
    internal static (CoinbaseKey? Key, TwinReply? Refusal) Check(TwinRequest request, CoinbaseOptions options, DateTimeOffset now)
    {
        if (Missing(request) is { } missing)
        {
            return (null, CoinbaseReply.Error(401, $"{missing} header is required"));
        }

        if (options.Keys.FirstOrDefault(k => string.Equals(k.Key, request.Header("CB-ACCESS-KEY"), StringComparison.Ordinal)) is not { } key)
        {
            return (null, CoinbaseReply.Error(401, "Invalid API Key"));
        }

        var timestamp = request.Header("CB-ACCESS-TIMESTAMP")!;
        if (!decimal.TryParse(timestamp, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || (options.TimestampSkewMax is { } skew && Math.Abs(seconds - (now.ToUnixTimeMilliseconds() / 1000m)) > (decimal)skew.TotalSeconds))
        {
            return (null, CoinbaseReply.Error(401, "request timestamp expired"));
        }

        if (!string.Equals(key.Passphrase, request.Header("CB-ACCESS-PASSPHRASE"), StringComparison.Ordinal))
        {
            return (null, CoinbaseReply.Error(401, "Invalid Passphrase"));
        }

        var expected = Sign(key.Secret, timestamp, request.Method, request.RawTarget, request.Body);
        return string.Equals(expected, request.Header("CB-ACCESS-SIGN"), StringComparison.Ordinal)
            ? (key, null)
            : (null, CoinbaseReply.Error(401, "invalid signature"));
    }

    private static string? Missing(TwinRequest request)
    {
        string[] names = ["CB-ACCESS-KEY", "CB-ACCESS-SIGN", "CB-ACCESS-TIMESTAMP", "CB-ACCESS-PASSPHRASE"];
        return Array.Find(names, name => string.IsNullOrEmpty(request.Header(name)));
    }
}
