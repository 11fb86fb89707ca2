using Headgate.Upstream;

namespace Headgate.Flights;

/// <summary>One reader's view of an upstream's answer whose body may still be arriving.</summary>
internal sealed class SharedReply : PassedReply
{
    private readonly SharedBody _body;
    private long _position;

    public SharedReply(SharedBody body) => _body = body;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var read = await _body.ReadAsync(_position, buffer, cancellation);
        _position += read;
        return read;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A reply over bytes that are all there.</summary>
    public static SharedReply Of(int status, IReadOnlyList<HeaderField> headers, ReadOnlySpan<byte> body)
    {
        var shared = new SharedBody(long.MaxValue);
        shared.TryWrite(body);
        shared.Complete();
        return new SharedReply(shared) { Status = status, Headers = headers, ContentLength = body.Length };
    }
}
