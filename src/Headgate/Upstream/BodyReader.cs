using Headgate.Flights;

namespace Headgate.Upstream;

/// <summary>Reads response bodies within bounds.</summary>
internal static class BodyReader
{
    private const int ReadBytes = 16 << 10;

    /// <summary>Reads up to a bound. Complete is false when there is more; what was read is returned either way.</summary>
    public static async ValueTask<(ReadOnlyMemory<byte> Body, bool Complete)> ReadAsync(UpstreamReply reply, long bytesMax)
    {
        var buffer = new byte[Math.Clamp(reply.ContentLength ?? ReadBytes, 1, Math.Min(bytesMax + 1, 1 << 20))];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length > bytesMax)
                {
                    return (buffer.AsMemory(0, length), false);
                }

                Array.Resize(ref buffer, (int)Math.Min(Math.Max(ReadBytes, buffer.Length * 2L), bytesMax + 1));
            }

            var read = await reply.ReadAsync(buffer.AsMemory(length), CancellationToken.None);
            if (read == 0)
            {
                return (buffer.AsMemory(0, length), true);
            }

            length += read;
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
}
