using System.IO.Compression;

namespace Headgate.Upstream;

/// <summary>Undoes content codings, bounded.</summary>
internal static class ContentDecoder
{
    public static bool IsIdentity(string? coding) => string.IsNullOrEmpty(coding) || coding.Equals("identity", StringComparison.OrdinalIgnoreCase);

    /// <summary>The decoded bytes; null when the coding is unknown, the bytes are not of that coding, or they decode to more than the bound.</summary>
    public static ReadOnlyMemory<byte>? Decode(ReadOnlyMemory<byte> body, string? coding, long bytesMax)
    {
        if (IsIdentity(coding))
        {
            return body;
        }

        using var source = new MemoryStream(body.ToArray(), writable: false);
        using var decoder = Decoder(source, coding!.Trim());
        if (decoder is null)
        {
            return null;
        }

        using var decoded = new MemoryStream();
        var buffer = new byte[16 << 10];
        try
        {
            int read;
            while ((read = decoder.Read(buffer, 0, buffer.Length)) > 0)
            {
                if (decoded.Length + read > bytesMax)
                {
                    return null;
                }

                decoded.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return decoded.ToArray();
    }

    private static Stream? Decoder(Stream source, string coding) => coding.ToUpperInvariant() switch
    {
        "GZIP" or "X-GZIP" => new GZipStream(source, CompressionMode.Decompress),
        // RFC 9110: "deflate" is the zlib format.
        "DEFLATE" => new ZLibStream(source, CompressionMode.Decompress),
        "BR" => new BrotliStream(source, CompressionMode.Decompress),
        _ => null,
    };
}
