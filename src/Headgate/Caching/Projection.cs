using System.Buffers;
using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.Caching;

/// <summary>Cuts a smaller shape out of a stored item by copying the bytes of its members.</summary>
internal static class Projection
{
    /// <summary>The entry's smaller shape under another key; null when the item lacks one of the members.</summary>
    public static Entry? Of(Entry entry, LargerShape shape, in ItemKey key)
    {
        foreach (var made in entry.Projections)
        {
            if (string.Equals(made.Key.Endpoint, key.Endpoint, StringComparison.Ordinal))
            {
                return made;
            }
        }

        var body = entry.IsRefusal ? entry.Body : entry.IsNegative ? ReadOnlyMemory<byte>.Empty : Cut(entry.Body, shape.Members);
        if (body is null)
        {
            return null;
        }

        var projected = new Entry
        {
            Key = key,
            Body = body.Value,
            Envelope = entry.Envelope,
            Status = entry.Status,
            ContentType = entry.ContentType,
            Headers = entry.Headers,
            AsOf = entry.AsOf,
            SentAt = entry.SentAt,
            FreshUntil = entry.FreshUntil,
            StaleUntil = entry.StaleUntil,
            Version = entry.Version,
            IsNegative = entry.IsNegative,
        };
        // Two threads may cut the same shape at once; either result will do.
        entry.Projections = [.. entry.Projections, projected];
        return projected;
    }

    private static ReadOnlyMemory<byte>? Cut(ReadOnlyMemory<byte> member, IReadOnlyList<string> names)
    {
        // A stored member is its name, a colon and an object; an element is the object alone.
        var start = member.Span.IndexOf((byte)'{');
        if (start < 0)
        {
            return null;
        }

        var value = member[start..];
        var buffer = new ArrayBufferWriter<byte>(128);
        buffer.Write(member.Span[..start]);
        var first = true;
        foreach (var name in names)
        {
            if (JsonMember.Whole(value, name) is not { } bytes)
            {
                return null;
            }

            buffer.Write(first ? "{"u8 : ","u8);
            buffer.Write(bytes.Span);
            first = false;
        }

        buffer.Write("}"u8);
        return buffer.WrittenMemory;
    }
}
