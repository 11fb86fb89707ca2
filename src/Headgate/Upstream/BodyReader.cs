using System.Buffers;
using Headgate.Flights;

namespace Headgate.Upstream;

/// <summary>Reads response bodies within bounds.</summary>
internal static class BodyReader
{
    private const int ReadBytes = 16 << 10;

    /// <summary>Reads up to a bound. Complete is false when there is more; what was read is returned either way.</summary>
    /// <remarks>Gathered in a rented buffer and copied once: answers become entries, which keep no more than their bytes.</remarks>
    public static async ValueTask<(ReadOnlyMemory<byte> Body, bool Complete)> ReadAsync(UpstreamReply reply, long bytesMax)
    {
        // One byte more than declared, for the read that finds the end; one more than the bound, to see that there is more.
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp((reply.ContentLength ?? ReadBytes - 1) + 1, 1, Math.Min(bytesMax + 1, 1 << 20)));
        try
        {
            var length = 0;
            while (true)
            {
                var room = (int)Math.Min(buffer.Length, bytesMax + 1);
                if (length == room)
                {
                    if (length > bytesMax)
                    {
                        return (buffer.AsSpan(0, length).ToArray(), false);
                    }

                    buffer = Grown(buffer, (int)Math.Min(buffer.Length * 2L, Array.MaxLength));
                    continue;
                }

                var read = await reply.ReadAsync(buffer.AsMemory(length, room - length), CancellationToken.None);
                if (read == 0)
                {
                    return (buffer.AsSpan(0, length).ToArray(), true);
                }

                length += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Copies the rest into a shared body and completes it. False when the bound was reached: the body is broken off there.</summary>
    public static async ValueTask<bool> CopyAsync(UpstreamReply reply, SharedBody shared)
    {
        var buffer = new byte[ReadBytes];
        int read;
        while ((read = await reply.ReadAsync(buffer, CancellationToken.None)) > 0)
        {
            if (!shared.TryWrite(buffer.AsSpan(0, read)))
            {
                shared.Break(new TransportFault(TransportPhase.Body, "truncated", $"the body is larger than the gate's bound after {shared.Length} bytes"));
                return false;
            }
        }

        shared.Complete();
        return true;
    }

    private static byte[] Grown(byte[] full, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
