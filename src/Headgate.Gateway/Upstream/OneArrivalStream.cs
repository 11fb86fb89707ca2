using System.Buffers.Text;
using System.Net.Sockets;

namespace Headgate.Gateway.Upstream;

/// <summary>
/// The plaintext side of one connection. It lets a request through only against an unused ticket, so that what the HTTP handler sends again on
/// its own account (body-less requests, up to three times, when a connection ends unanswered) dies here before a byte leaves.
/// </summary>
/// <remarks>
/// The handler writes a placeholder head that carries the ticket's number; what goes on the wire instead is the attempt's own head, byte for
/// byte as planned: raw target, header order and case, several lines of one name. Body bytes pass as they are. Used as a connection is: one
/// writer and one reader at a time.
/// </remarks>
internal sealed class OneArrivalStream(Stream inner, Socket? socket, TicketOffice tickets) : Stream
{
    // A placeholder head is about 80 bytes plus the host's name; a kilobyte and a half holds the longest legal host name several times over.
    private const int PlaceholderMax = 1536;

    private readonly byte[] _placeholder = new byte[PlaceholderMax];
    private int _placeholderLength;
    private long _bodyLeft;
    private Attempt? _attempt;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException)
        {
            _attempt?.MarkEnd("reset");
            throw;
        }

        if (read > 0)
        {
            _attempt?.MarkAnswered();
        }
        else if (!buffer.IsEmpty)
        {
            _attempt?.MarkEnd("closed");
        }

        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            if (_bodyLeft == 0)
            {
                var used = TakePlaceholder(buffer.Span, out var number);
                buffer = buffer[used..];
                if (number is not { } ticket)
                {
                    continue;
                }

                buffer = await StartAsync(ticket, buffer, cancellationToken);
            }
            else
            {
                // The handler frames a body by its length; more than that is the next request.
                var part = buffer[..(int)Math.Min(buffer.Length, _bodyLeft)];
                _bodyLeft -= part.Length;
                buffer = buffer[part.Length..];
                await SendAsync(part, cancellationToken);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException("Connections are used asynchronously only.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Connections are used asynchronously only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Connections are used asynchronously only.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ForgetUnsentBytes();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Sends the attempt's own head, with what of the body stands behind the placeholder, in one write.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> StartAsync(long ticket, ReadOnlyMemory<byte> rest, CancellationToken cancellation)
    {
        var attempt = tickets.Redeem(ticket) ?? throw new ResendRefusedException();
        _attempt = attempt;
        var body = rest[..(int)Math.Min(rest.Length, attempt.Call.HasBody ? attempt.Call.Body.Length : 0)];
        _bodyLeft = (attempt.Call.HasBody ? attempt.Call.Body.Length : 0) - body.Length;
        if (body.IsEmpty)
        {
            await SendAsync(attempt.Head, cancellation);
        }
        else
        {
            var joined = new byte[attempt.Head.Length + body.Length];
            attempt.Head.CopyTo(joined);
            body.CopyTo(joined.AsMemory(attempt.Head.Length));
            await SendAsync(joined, cancellation);
        }

        return rest[body.Length..];
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await inner.WriteAsync(bytes, cancellation);
        }
        catch (IOException)
        {
            _attempt?.MarkEnd("reset");
            throw;
        }
    }

    /// <summary>Collects the placeholder head; gives the ticket's number once its empty line has come.</summary>
    private int TakePlaceholder(ReadOnlySpan<byte> bytes, out long? number)
    {
        number = null;
        var used = 0;
        while (used < bytes.Length)
        {
            if (_placeholderLength == PlaceholderMax)
            {
                throw new ResendRefusedException();
            }

            _placeholder[_placeholderLength++] = bytes[used++];
            var head = _placeholder.AsSpan(0, _placeholderLength);
            if (head.EndsWith("\r\n\r\n"u8))
            {
                _placeholderLength = 0;
                number = ReadNumber(head);
                return used;
            }
        }

        return used;
    }

    private static long ReadNumber(ReadOnlySpan<byte> head)
    {
        var start = head.IndexOf("\r\nTicket: "u8);
        return start >= 0 && Utf8Parser.TryParse(head[(start + 10)..], out long number, out _) ? number : throw new ResendRefusedException();
    }

    /// <summary>
    /// An abandoned call's bytes must not arrive after its time-out: a plain close would let the kernel go on delivering what it still holds.
    /// </summary>
    private void ForgetUnsentBytes()
    {
        if (socket is null || _attempt is not { IsAbandoned: true })
        {
            return;
        }

        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Closed already: nothing is held any more.
        }
    }
}
