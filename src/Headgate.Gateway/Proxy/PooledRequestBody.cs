using Headgate.Gateway.Upstream;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Proxy;

/// <summary>A request body whose readers go on in the pool: what the gate's own pages do with an upload is not for a thread that serves sockets.</summary>
internal sealed class PooledRequestBody(Stream inner) : Stream
{
    /// <summary>Puts itself before the body of a request that has one.</summary>
    public static void Set(IFeatureCollection features)
    {
        if (features.Get<IHttpRequestFeature>() is { } request && features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            request.Body = new PooledRequestBody(request.Body);
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(buffer, cancellationToken);
        if (reading.IsCompleted)
        {
            return await reading;
        }

        var read = await reading;
        await PoolHop.Run();
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
