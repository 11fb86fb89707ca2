using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Headgate.Upstream;

/// <summary>Undoes content codings, bounded.</summary>
internal static class ContentDecoder
{
    public static bool IsIdentity(string? coding) => string.IsNullOrEmpty(coding) || coding.Equals("identity", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The decoded bytes; null when the coding is unknown, the bytes are not of that coding, end before their coding does, or decode to more than the bound.
    /// </summary>
    public static ReadOnlyMemory<byte>? Decode(ReadOnlyMemory<byte> body, string? coding, long bytesMax)
    {
        if (IsIdentity(coding))
        {
            return body;
        }

        try
        {
            return coding!.Trim().ToUpperInvariant() switch
            {
                "GZIP" or "X-GZIP" => Whole(Inflate(new GZipStream(Source(body), CompressionMode.Decompress), bytesMax), body.Span, IsWholeGzip),
                // RFC 9110: "deflate" is the zlib format.
                "DEFLATE" => Whole(Inflate(new ZLibStream(Source(body), CompressionMode.Decompress), bytesMax), body.Span, IsWholeZlib),
                "BR" => Unbrotli(body.Span, bytesMax),
                _ => null,
            };
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static MemoryStream Source(ReadOnlyMemory<byte> body) => new(body.ToArray(), writable: false);

    private static byte[]? Inflate(Stream decoder, long bytesMax)
    {
        using var owned = decoder;
        using var decoded = new MemoryStream();
        var buffer = new byte[16 << 10];
        int read;
        while ((read = decoder.Read(buffer, 0, buffer.Length)) > 0)
        {
            if (decoded.Length + read > bytesMax)
            {
                return null;
            }

            decoded.Write(buffer, 0, read);
        }

        return decoded.ToArray();
    }

    private static ReadOnlyMemory<byte>? Whole(byte[]? decoded, ReadOnlySpan<byte> body, Func<ReadOnlySpan<byte>, ReadOnlySpan<byte>, bool> isWhole) =>
        decoded is not null && isWhole(decoded, body) ? (ReadOnlyMemory<byte>?)decoded : null;

    /// <summary>The trailer is the last member's: its length, and the checksum of as many bytes at the end.</summary>
    private static bool IsWholeGzip(ReadOnlySpan<byte> decoded, ReadOnlySpan<byte> body)
    {
        if (body.Length < 18)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(body[^4..]);
        // A length of nothing would fit any data that is cut within zeros.
        return length <= (uint)decoded.Length && (length > 0 || decoded.IsEmpty)
            && Checksums.Crc32(decoded[^(int)length..]) == BinaryPrimitives.ReadUInt32LittleEndian(body[^8..]);
    }

    private static bool IsWholeZlib(ReadOnlySpan<byte> decoded, ReadOnlySpan<byte> body) =>
        body.Length >= 6 && Checksums.Adler32(decoded) == BinaryPrimitives.ReadUInt32BigEndian(body[^4..]);

    private static ReadOnlyMemory<byte>? Unbrotli(ReadOnlySpan<byte> body, long bytesMax)
    {
        using var decoder = new BrotliDecoder();
        var decoded = new ArrayBufferWriter<byte>();
        while (true)
        {
            var status = decoder.Decompress(body, decoded.GetSpan(16 << 10), out var consumed, out var written);
            decoded.Advance(written);
            body = body[consumed..];
            if (decoded.WrittenCount > bytesMax || status is OperationStatus.InvalidData or OperationStatus.NeedMoreData)
            {
                return null;
            }

            if (status == OperationStatus.Done)
            {
                return decoded.WrittenMemory;
            }
        }
    }
}
