using System.Globalization;
using System.IO.Compression;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Proxy;

/// <summary>Content codings: which one an asker gets of a body that is stored in one, and how a body gets from one to another.</summary>
internal static class Codings
{
    public const string Identity = "identity";

    // Cheapest to make first; what is stored goes before all of them.
    private static readonly string[] Known = ["gzip", "br", "deflate"];

    /// <summary>
    /// The coding in which to send a body (RFC 9110 §12.5.3): the best weight wins, then what is stored, then a coding the client names, then the plain
    /// body. Without <c>Accept-Encoding</c> nothing but the plain body is certain to be understood.
    /// </summary>
    /// <param name="acceptEncoding">As sent.</param>
    /// <param name="stored"><c>gzip</c>, <c>deflate</c> or <c>br</c>.</param>
    /// <returns>A coding, <see cref="Identity"/>, or null when the client takes none that there is.</returns>
    public static string? Choose(in StringValues acceptEncoding, string stored)
    {
        if (acceptEncoding.Count == 0)
        {
            return Identity;
        }

        var best = (Coding: (string?)null, Weight: 0m);
        Consider(stored, Weight(acceptEncoding, stored));
        foreach (var coding in Known)
        {
            Consider(coding, Weight(acceptEncoding, coding));
        }

        var plain = Weight(acceptEncoding, Identity);
        if (best.Coding is null)
        {
            // Nobody has to name identity to get it; only a weight of 0 forbids it.
            return plain is 0 ? null : Identity;
        }

        return plain > best.Weight ? Identity : best.Coding;

        void Consider(string coding, decimal? weight)
        {
            if (weight > best.Weight)
            {
                best = (coding, weight.Value);
            }
        }
    }

    /// <summary>Does the client take this coding? Without <c>Accept-Encoding</c> nothing but the plain body is certain to be understood.</summary>
    public static bool Accepts(in StringValues acceptEncoding, string coding) => Weight(acceptEncoding, coding) > 0;

    /// <summary>The plain body.</summary>
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

    /// <summary>The body in another coding.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> plain, string coding)
    {
        using var result = new MemoryStream();
        // Fastest: it is made once while somebody waits, and the link is a local one as a rule.
        using (Stream encoder = coding switch
        {
            "gzip" => new GZipStream(result, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(result, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(result, CompressionLevel.Fastest, leaveOpen: true),
            _ => throw new ArgumentOutOfRangeException(nameof(coding), coding, message: null),
        })
        {
            encoder.Write(plain);
        }

        return result.ToArray();
    }

    /// <summary>A decoder over a body that is still arriving.</summary>
    /// <param name="source">The coded body.</param>
    /// <param name="start">Its first bytes.</param>
    /// <param name="coding"><c>gzip</c>, <c>deflate</c> or <c>br</c>.</param>
    public static Stream Open(Stream source, ReadOnlySpan<byte> start, string coding) => coding switch
    {
        "gzip" => new GZipStream(source, CompressionMode.Decompress),
        "br" => new BrotliStream(source, CompressionMode.Decompress),
        // RFC 9110 means zlib; some servers send bare deflate. A zlib head's two bytes are a multiple of 31.
        "deflate" => start is [var first, var second, ..] && (first & 0x0f) == 8 && ((first << 8) + second) % 31 == 0
            ? new ZLibStream(source, CompressionMode.Decompress)
            : new DeflateStream(source, CompressionMode.Decompress),
        _ => throw new InvalidDataException($"Unknown content coding '{coding}'."),
    };

    /// <summary>The weight the client gives a coding: its own, else that of <c>*</c>; null when neither is there.</summary>
    private static decimal? Weight(in StringValues acceptEncoding, string coding)
    {
        var any = (decimal?)null;
        foreach (var line in acceptEncoding)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                var member = line.AsSpan()[part];
                var semicolon = member.IndexOf(';');
                var name = (semicolon < 0 ? member : member[..semicolon]).Trim(" \t");
                if (name.Equals(coding, StringComparison.OrdinalIgnoreCase) || (coding is "gzip" && name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)))
                {
                    return semicolon < 0 ? 1 : Quality(member[(semicolon + 1)..]);
                }

                if (name is "*")
                {
                    any = semicolon < 0 ? 1 : Quality(member[(semicolon + 1)..]);
                }
            }
        }

        return any;
    }

    // A weight that cannot be read counts as none.
    private static decimal Quality(ReadOnlySpan<char> parameters)
    {
        var q = parameters.IndexOf("q=", StringComparison.OrdinalIgnoreCase);
        return q >= 0 && decimal.TryParse(parameters[(q + 2)..].Trim(" \t"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && weight is >= 0 and <= 1
            ? weight
            : 1;
    }
}
