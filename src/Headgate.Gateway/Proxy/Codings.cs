using System.Globalization;
using System.IO.Compression;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Proxy;

/// <summary>Content codings: a body is stored as the upstream coded it and decoded for clients that do not take that coding.</summary>
internal static class Codings
{
    /// <summary>Does the client take this coding? Without <c>Accept-Encoding</c> nothing but identity is certain.</summary>
    public static bool Accepts(in StringValues acceptEncoding, string coding)
    {
        var wildcard = false;
        foreach (var line in acceptEncoding)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                var member = line.AsSpan()[part];
                var semicolon = member.IndexOf(';');
                var name = (semicolon < 0 ? member : member[..semicolon]).Trim(" \t");
                var isWanted = semicolon < 0 || !IsZero(member[(semicolon + 1)..]);
                if (name.Equals(coding, StringComparison.OrdinalIgnoreCase) || (coding is "gzip" && name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)))
                {
                    return isWanted;
                }

                wildcard |= name is "*" && isWanted;
            }
        }

        return wildcard;
    }

    /// <summary>The decoded body.</summary>
    /// <param name="body">As stored.</param>
    /// <param name="coding"><c>gzip</c>, <c>deflate</c> or <c>br</c>.</param>
    /// <param name="bytesMax">Largest result: a small body may unfold to gigabytes.</param>
    /// <exception cref="InvalidDataException">It is not of that coding, or beyond the bound.</exception>
    public static byte[] Decode(ReadOnlyMemory<byte> body, string coding, long bytesMax)
    {
        using var source = new MemoryStream(body.ToArray(), writable: false);
        using var decoder = Open(source, body.Span, coding);
        using var result = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (decoder.Read(buffer) is > 0 and var read)
        {
            if (result.Length + read > bytesMax)
            {
                throw new InvalidDataException("The decoded body is beyond its bound.");
            }

            result.Write(buffer, 0, read);
        }

        return result.ToArray();
    }

    private static Stream Open(MemoryStream source, ReadOnlySpan<byte> body, string coding) => coding switch
    {
        "gzip" => new GZipStream(source, CompressionMode.Decompress),
        "br" => new BrotliStream(source, CompressionMode.Decompress),
        // RFC 9110 means zlib; some servers send bare deflate. A zlib head's two bytes are a multiple of 31.
        "deflate" => body is [var first, var second, ..] && (first & 0x0f) == 8 && ((first << 8) + second) % 31 == 0
            ? new ZLibStream(source, CompressionMode.Decompress)
            : new DeflateStream(source, CompressionMode.Decompress),
        _ => throw new InvalidDataException($"Unknown content coding '{coding}'."),
    };

    private static bool IsZero(ReadOnlySpan<char> parameters)
    {
        var q = parameters.IndexOf("q=", StringComparison.OrdinalIgnoreCase);
        return q >= 0 && decimal.TryParse(parameters[(q + 2)..].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && weight == 0;
    }
}
