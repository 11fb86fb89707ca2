using System.IO.Compression;
using Headgate.Caching;

namespace Headgate.Desk.Doors;

/// <summary>Puts an answer from entries together as one body.</summary>
internal static class AnswerBytes
{
    public static (int Status, IReadOnlyList<HeaderField> Headers, ReadOnlyMemory<byte> Body) Of(in FetchResult result)
    {
        if (result.Single is { Envelope: null } whole)
        {
            return (whole.Status, whole.Headers, Decode(whole.Body, whole.ContentCoding));
        }

        var entries = result.Single is { } single ? new ReadOnlySpan<Entry>(in single) : result.Items.AsSpan(0, result.Count);
        var frame = entries[0];
        foreach (var entry in entries)
        {
            frame = entry.SentAt > frame.SentAt && entry.Envelope is not null ? entry : frame;
        }

        return (frame.Status, frame.Headers, Join(entries, frame.Envelope));
    }

    private static byte[] Join(ReadOnlySpan<Entry> entries, Envelope? envelope)
    {
        using var body = new MemoryStream();
        body.Write((envelope?.Prefix ?? default).Span);
        var isFirst = true;
        foreach (var entry in entries)
        {
            if (!entry.Body.IsEmpty)
            {
                body.Write(isFirst ? default : (envelope?.Separator ?? default).Span);
                body.Write(entry.Body.Span);
                isFirst = false;
            }
        }

        body.Write((envelope?.Suffix ?? default).Span);
        return body.ToArray();
    }

    // The engine stores only bodies it could decode within its own bound, so this one is whole and of that coding.
    private static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> body, string? coding)
    {
        if (coding is null)
        {
            return body;
        }

        using var source = new MemoryStream(body.ToArray(), writable: false);
        using Stream decoder = coding switch
        {
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            "deflate" => new ZLibStream(source, CompressionMode.Decompress),
            _ => throw new NotSupportedException($"There is no decoder for {coding}."),
        };
        using var plain = new MemoryStream();
        decoder.CopyTo(plain);
        return plain.ToArray();
    }
}
