using Headgate.Upstream;

namespace Headgate.Flights;

/// <summary>A response body that grows while several readers follow it, each at its own pace. Thread-safe.</summary>
/// <remarks>
/// The writer never waits for a reader, so a stalled client delays nobody; what is held is bounded by the whole body, and the writer stops at the
/// bound. A reader that reaches the end of what is there waits for more; it learns of a broken body only after everything that came before.
/// </remarks>
internal sealed class SharedBody
{
    private const int ChunkBytes = 64 << 10;

    private readonly Lock _gate = new();
    private readonly List<byte[]> _chunks = [];
    private readonly long _bytesMax;
    private readonly List<TaskCompletionSource> _waiting = [];
    private TransportFault? _fault;
    private bool _complete;

    public SharedBody(long bytesMax) => _bytesMax = bytesMax;

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    /// <summary>False when the bound is reached: nothing of the bytes was taken.</summary>
    public bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        List<TaskCompletionSource> wake;
        lock (_gate)
        {
            if (Length + bytes.Length > _bytesMax)
            {
                return false;
            }

            while (!bytes.IsEmpty)
            {
                var offset = (int)(Length % ChunkBytes);
                if (offset == 0)
                {
                    _chunks.Add(new byte[ChunkBytes]);
                }

                var take = Math.Min(ChunkBytes - offset, bytes.Length);
                bytes[..take].CopyTo(_chunks[^1].AsSpan(offset));
                bytes = bytes[take..];
                Length += take;
            }

            wake = TakeWaitingNeedsLock();
        }

        wake.ForEach(static waiting => waiting.TrySetResult());
        return true;
    }

    public void Complete() => End(null);

    public void Break(TransportFault fault) => End(fault);

    /// <summary>Reads at a position; 0 is the proper end.</summary>
    /// <exception cref="UpstreamBodyException">The body broke off and everything before was read.</exception>
    public async ValueTask<int> ReadAsync(long position, Memory<byte> buffer, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                if (position < Length)
                {
                    return CopyNeedsLock(position, buffer.Span);
                }

                if (_fault is { } fault)
                {
                    throw new UpstreamBodyException(fault);
                }

                if (_complete)
                {
                    return 0;
                }

                _waiting.Add(more);
            }

            await using var leaving = cancellation.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), more);
            await more.Task;
        }
    }

    /// <summary>Everything, once complete.</summary>
    public byte[] ToArray()
    {
        lock (_gate)
        {
            var all = new byte[Length];
            var position = 0L;
            while (position < Length)
            {
                position += CopyNeedsLock(position, all.AsSpan((int)position));
            }

            return all;
        }
    }

    private void End(TransportFault? fault)
    {
        List<TaskCompletionSource> wake;
        lock (_gate)
        {
            _complete = true;
            _fault = fault;
            wake = TakeWaitingNeedsLock();
        }

        wake.ForEach(static waiting => waiting.TrySetResult());
    }

    private List<TaskCompletionSource> TakeWaitingNeedsLock()
    {
        List<TaskCompletionSource> waiting = [.. _waiting];
        _waiting.Clear();
        return waiting;
    }

    private int CopyNeedsLock(long position, Span<byte> destination)
    {
        var chunk = _chunks[(int)(position / ChunkBytes)];
        var offset = (int)(position % ChunkBytes);
        var available = (int)Math.Min(ChunkBytes - offset, Length - position);
        var take = Math.Min(available, destination.Length);
        chunk.AsSpan(offset, take).CopyTo(destination);
        return take;
    }
}
