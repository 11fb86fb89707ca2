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
    private TaskCompletionSource _changed = NewSignal();
    private TransportFault? _fault;
    private bool _complete;

    public SharedBody(long bytesMax) => _bytesMax = bytesMax;

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    /// <summary>False when the bound is reached: nothing of the bytes was taken.</summary>
    public bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        TaskCompletionSource wake;
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

            wake = Swap();
        }

        wake.SetResult();
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
            Task changed;
            lock (_gate)
            {
                if (position < Length)
                {
                    return Copy(position, buffer.Span);
                }

                if (_fault is { } fault)
                {
                    throw new UpstreamBodyException(fault);
                }

                if (_complete)
                {
                    return 0;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation);
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
                position += Copy(position, all.AsSpan((int)position));
            }

            return all;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void End(TransportFault? fault)
    {
        TaskCompletionSource wake;
        lock (_gate)
        {
            _complete = true;
            _fault = fault;
            wake = Swap();
        }

        wake.SetResult();
    }

    // NeedsLock. The old signal is set outside the lock.
    private TaskCompletionSource Swap()
    {
        var old = _changed;
        _changed = NewSignal();
        return old;
    }

    // NeedsLock.
    private int Copy(long position, Span<byte> destination)
    {
        var chunk = _chunks[(int)(position / ChunkBytes)];
        var offset = (int)(position % ChunkBytes);
        var available = (int)Math.Min(ChunkBytes - offset, Length - position);
        var take = Math.Min(available, destination.Length);
        chunk.AsSpan(offset, take).CopyTo(destination);
        return take;
    }
}
