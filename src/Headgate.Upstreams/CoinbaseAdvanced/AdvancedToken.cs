using System.Buffers.Text;
using System.Text.Json;

namespace Headgate.Upstreams.CoinbaseAdvanced;

/// <summary>What a client's JSON Web Token claims.</summary>
/// <param name="Subject">The key (<c>sub</c>).</param>
/// <param name="Request">The request it was made for (<c>uri</c>): method, a space, host and path without query.</param>
/// <param name="NotBefore">When it begins.</param>
/// <param name="Expires">When it ends; 120 s later at most.</param>
internal sealed record AdvancedToken(string Subject, string Request, DateTimeOffset NotBefore, DateTimeOffset Expires)
{
    private const string Scheme = "Bearer ";

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    /// <summary>The token a request carries; null when there is none that can be read.</summary>
    public static AdvancedToken? Read(TwinRequest request)
    {
        if (request.Header("Authorization") is not { } header || !header.StartsWith(Scheme, StringComparison.Ordinal) || header[Scheme.Length..].Split('.') is not [_, var claims, _])
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
            var root = document.RootElement;
            return new AdvancedToken(
                root.GetProperty("sub").GetString() ?? "",
                root.TryGetProperty("uri", out var uri) ? uri.GetString() ?? "" : "",
                DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("nbf").GetInt64()),
                DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("exp").GetInt64()));
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Is it good for this request now?</summary>
    public bool Covers(string method, string hostAndPath, DateTimeOffset now) =>
        string.Equals(Request, $"{method} {hostAndPath}", StringComparison.Ordinal) && NotBefore - Skew <= now && now <= Expires && Expires - NotBefore <= TimeSpan.FromSeconds(120);
}
