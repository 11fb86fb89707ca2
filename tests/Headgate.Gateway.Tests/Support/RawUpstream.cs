using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Headgate.Gateway.Tests.Support;

/// <summary>What an upstream on a bare socket does with one arrived request.</summary>
public delegate Task RawAnswer(RawExchange exchange);

/// <summary>One arrived request and the connection it came on.</summary>
public sealed record RawExchange(string Head, byte[] Body, Socket Socket, int Arrival, CancellationToken Stopping)
{
    public string RequestLine => Head[..Head.IndexOf("\r\n", StringComparison.Ordinal)];

    public string Target => RequestLine.Split(' ')[1];

    public async Task Send(string text) => await Send(Encoding.Latin1.GetBytes(text));

    public async Task Send(byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await Socket.SendAsync(bytes.AsMemory(sent), SocketFlags.None, Stopping);
        }
    }

    public Task Reply(string body, string headers = "", int status = 200) =>
        Send($"HTTP/1.1 {status} X\r\nContent-Length: {Encoding.Latin1.GetByteCount(body)}\r\n{headers}\r\n{body}");

    /// <summary>Closes with FIN.</summary>
    public void Fin()
    {
        Socket.Shutdown(SocketShutdown.Both);
        Socket.Dispose();
    }

    /// <summary>Closes with RST.</summary>
    public void Rst()
    {
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Dispose();
    }

    public Task Hang() => Task.Delay(Timeout.Infinite, Stopping).ContinueWith(_ => { }, TaskScheduler.Default);
}

/// <summary>An upstream on a bare socket: reads requests byte for byte, counts every arrival and answers as told.</summary>
public sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly RawAnswer _answer;
    private readonly Task _accepting;
    private int _arrivals;
    private int _connections;

    public RawUpstream(RawAnswer answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = Accept();
    }

    public ConcurrentQueue<RawExchange> Requests { get; } = new();

    /// <summary>Requests of which at least one byte came.</summary>
    public int Arrivals => Volatile.Read(ref _arrivals);

    public int Connections => Volatile.Read(ref _connections);

    public Uri Origin => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task Accept()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(Serve(socket));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException || _stop.IsCancellationRequested)
        {
            // A listener stopped between two accepts says so by an exception of its own.
            await Task.WhenAll(serving);
        }
    }

    private async Task Serve(Socket socket)
    {
        using (socket)
        {
            try
            {
                var pending = new List<byte>();
                while (await ReadRequest(socket, pending) is { } exchange)
                {
                    Requests.Enqueue(exchange);
                    await _answer(exchange);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The connection is over; what arrived has been counted.
            }
        }
    }

    private async Task<RawExchange?> ReadRequest(Socket socket, List<byte> pending)
    {
        var buffer = new byte[64 << 10];
        var arrival = 0;
        while (true)
        {
            if (pending.Count > 0 && arrival == 0)
            {
                arrival = Interlocked.Increment(ref _arrivals);
            }

            var text = Encoding.Latin1.GetString([.. pending]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var head = text[..(end + 4)];
                var length = Length(head);
                if (pending.Count >= end + 4 + length)
                {
                    var body = pending.GetRange(end + 4, length).ToArray();
                    pending.RemoveRange(0, end + 4 + length);
                    return new RawExchange(head, body, socket, arrival, _stop.Token);
                }
            }

            var read = await socket.ReceiveAsync(buffer, SocketFlags.None, _stop.Token);
            if (read == 0)
            {
                return null;
            }

            pending.AddRange(buffer.AsSpan(0, read));
        }
    }

    private static int Length(string head)
    {
        var at = head.IndexOf("\r\nContent-Length:", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : int.Parse(head[(at + 17)..head.IndexOf("\r\n", at + 2, StringComparison.Ordinal)].Trim());
    }
}
