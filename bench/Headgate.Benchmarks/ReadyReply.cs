using Headgate.Upstream;

namespace Headgate.Benchmarks;

/// <summary>A reply whose body is all there.</summary>
internal sealed class ReadyReply(byte[] body) : UpstreamReply
{
    private int _position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var take = Math.Min(buffer.Length, body.Length - _position);
        body.AsSpan(_position, take).CopyTo(buffer.Span);
        _position += take;
        return ValueTask.FromResult(take);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
