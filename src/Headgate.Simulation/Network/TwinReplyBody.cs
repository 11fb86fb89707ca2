using Headgate.Upstream;
using Headgate.Upstreams;

namespace Headgate.Simulation;

/// <summary>An emulated answer's head, and its body as the network delivers it.</summary>
internal sealed class TwinReplyBody : UpstreamReply
{
    private readonly VirtualTime _time;
    private readonly ReadOnlyMemory<byte> _body;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _interval;
    private readonly int _portion;
    private readonly int _end;
    private int _position;

    private TwinReplyBody(VirtualTime time, UpstreamCall call, TwinReply reply, NetworkFault fault)
    {
        _time = time;
        _timeout = call.Timeout;
        _body = reply.Body;
        _end = fault == NetworkFault.Truncated ? reply.Fault.CutAt(reply.Body.Length) : reply.Body.Length;
        _portion = fault == NetworkFault.SlowBody ? Math.Max(1, reply.Fault.Bytes) : int.MaxValue;
        _interval = fault == NetworkFault.SlowBody ? reply.Fault.Interval : TimeSpan.Zero;
    }

    public static TwinReplyBody Open(VirtualTime time, UpstreamCall call, TwinReply reply, NetworkFault fault)
    {
        List<HeaderField> headers = [.. reply.Headers.Select(header => new HeaderField(header.Name, header.Value))];
        var bodiless = string.Equals(call.Method, "HEAD", StringComparison.Ordinal) || reply.Status is 204 or 304;
        if (!bodiless)
        {
            headers.Add(new HeaderField("Content-Length", reply.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return new TwinReplyBody(time, call, reply, fault)
        {
            Status = reply.Status,
            Headers = headers,
            ContentLength = bodiless ? null : reply.Body.Length,
        };
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_position == _end)
        {
            return _end == _body.Length
                ? 0
                : throw new UpstreamBodyException(new TransportFault(TransportPhase.Body, "truncated", $"The body ended after {_end} of {_body.Length} bytes."));
        }

        if (_interval > TimeSpan.Zero)
        {
            await _time.Delay(_interval < _timeout ? _interval : _timeout, cancellation);
            if (_interval >= _timeout)
            {
                throw new UpstreamBodyException(new TransportFault(TransportPhase.Body, "timeout", "The body stopped arriving."));
            }
        }

        var count = Math.Min(Math.Min(buffer.Length, _portion), _end - _position);
        _body.Span.Slice(_position, count).CopyTo(buffer.Span);
        _position += count;
        return count;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
