using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Proxy;

/// <summary>Writes a body of known length into the one piece of memory from which the server sends it.</summary>
/// <remarks>
/// The head is written first: what comes before the head the server keeps aside and copies once more. The whole length is asked for at once: by slices the
/// server takes a lock twice for each (a merged answer of 200 items has 400), and hands out blocks of 4 KB that were used longest ago, so that each
/// is out of the cache; an array of the pool is the one that was given back last.
/// </remarks>
internal ref struct WholeWriter
{
    private readonly IBufferWriter<byte> _writer;
    private readonly Span<byte> _room;
    private int _used;

    /// <param name="response">Its head is complete, <c>Content-Length</c> included, and written.</param>
    /// <param name="length">What will be written in all.</param>
    public WholeWriter(HttpResponse response, int length)
    {
        _writer = response.BodyWriter;
        _room = _writer.GetSpan(length);
    }

    public void Write(ReadOnlySpan<byte> slice)
    {
        slice.CopyTo(_room[_used..]);
        _used += slice.Length;
    }

    /// <summary>Hands over what was written; the server sends it when the request ends.</summary>
    public readonly void End() => _writer.Advance(_used);
}
