using System.IO.Compression;
using System.Text;
using Headgate.Caching;

namespace Headgate.Storage.Sqlite;

/// <summary>The readable form of compressed or file-held history, for the SQL views: SQLite itself can inflate nothing.</summary>
internal static class PlainText
{
    // Longer answers are left out of the views rather than stored twice.
    private const int BytesMax = 4 << 20;

    /// <summary>The decoded body, or null where it is not text of a known coding within the bound.</summary>
    public static string? Of(Entry entry)
    {
        try
        {
            using var decoded = new MemoryStream();
            using var source = Decode(new MemoryStream(entry.Body.ToArray(), writable: false), entry.ContentCoding);
            if (source is null)
            {
                return null;
            }

            var buffer = new byte[16 * 1024];
            for (int read; (read = source.Read(buffer)) > 0;)
            {
                if (decoded.Length + read > BytesMax)
                {
                    return null;
                }

                decoded.Write(buffer, 0, read);
            }

            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(decoded.GetBuffer(), 0, (int)decoded.Length);
        }
        catch (Exception error) when (error is InvalidDataException or DecoderFallbackException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Stream? Decode(Stream body, string? coding) => coding switch
    {
        null => body,
        "gzip" => new GZipStream(body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        _ => null,
    };
}
