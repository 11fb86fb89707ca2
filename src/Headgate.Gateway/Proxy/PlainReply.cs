using Headgate.Gateway.Upstream;
using Headgate.Upstream;

namespace Headgate.Gateway.Proxy;

/// <summary>
/// A coded answer that is still arriving, decoded on its way: whoever joined a call may take less than the one whose headers went up with it.
/// </summary>
internal sealed class PlainReply : PassedReply
{
    private static readonly TransportFault NotThatCoding = new(TransportPhase.Body, "malformed", "the body is not of the coding it declares");

    private readonly ReplyStream _source;
    private readonly string _coding;
    private Stream? _plain;

    private PlainReply(ReplyStream source, string coding) => (_source, _coding) = (source, coding);

    /// <param name="coded">Its ownership goes over.</param>
    /// <param name="coding"><c>gzip</c>, <c>deflate</c> or <c>br</c>.</param>
    public static PlainReply Of(PassedReply coded, string coding) => new(new ReplyStream(coded), coding)
    {
        Status = coded.Status,
        Headers = [.. coded.Headers.Where(header => !header.Is("Content-Encoding") && !header.Is("ETag"))],
    };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            if (_plain is null)
            {
                await _source.PeekAsync(cancellation);
                _plain = Codings.Open(_source, _source.Start, _coding);
            }

            // The client's pace decides on which thread this goes on; decoding belongs to the pool.
            await PoolHop.Run();
            return await _plain.ReadAsync(buffer, cancellation);
        }
        catch (InvalidDataException)
        {
            throw new UpstreamBodyException(NotThatCoding);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await (_plain?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _source.Reply.DisposeAsync();
    }

    /// <summary>A reply's body as a stream that can be looked into before it is read.</summary>
    private sealed class ReplyStream(PassedReply reply) : Stream
    {
        private readonly byte[] _start = new byte[2];
        private int _peeked;
        private int _given;

        public PassedReply Reply => reply;

        public ReadOnlySpan<byte> Start => _start.AsSpan(0, _peeked);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public async ValueTask PeekAsync(CancellationToken cancellation)
        {
            while (_peeked < _start.Length && await reply.ReadAsync(_start.AsMemory(_peeked), cancellation) is > 0 and var read)
            {
                _peeked += read;
            }
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given < _peeked)
            {
                var count = Math.Min(buffer.Length, _peeked - _given);
                _start.AsMemory(_given, count).CopyTo(buffer);
                _given += count;
                return count;
            }

            return await reply.ReadAsync(buffer, cancellationToken);
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
}
