using System.Buffers.Text;
using System.Text.Json;

namespace Headgate.Catalogue;

/// <summary>Reads a claim of a JWT. The signature is the upstream's to verify; a claim only tells callers apart.</summary>
internal static class JwtClaims
{
    // Real tokens are below 2 KB; the bound keeps a hostile header from costing memory.
    private const int LengthMax = 16 << 10;

    /// <summary>A string or number claim; null when the text is no JWT or lacks it.</summary>
    public static string? Find(ReadOnlySpan<char> token, string claim)
    {
        var first = token.IndexOf('.');
        var rest = first < 0 ? default : token[(first + 1)..];
        var second = rest.IndexOf('.');
        if (second <= 0 || token.Length > LengthMax)
        {
            return null;
        }

        var payload = rest[..second];
        if (!Base64Url.IsValid(payload))
        {
            return null;
        }

        try
        {
            return Upstream.JsonMember.Text(Base64Url.DecodeFromChars(payload), claim);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
