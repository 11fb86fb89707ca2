using System.Net.Sockets;
using System.Text;

namespace Headgate.Gateway.Tests.Support;

/// <summary>An answer as it stood on the wire.</summary>
public sealed record RawResponse(int Status, IReadOnlyList<(string Name, string Value)> Headers, string Body, bool EndedCleanly)
{
    public string? this[string name] => Headers.Where(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

    public IEnumerable<string> All(string name) => Headers.Where(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    public string Type => System.Text.Json.JsonDocument.Parse(Body).RootElement.GetProperty("type").GetString()!["urn:headgate:problem:".Length..];

    public System.Text.Json.JsonElement Json => System.Text.Json.JsonDocument.Parse(Body).RootElement;
}

/// <summary>A client on a bare socket: what it sends is exactly what the test says.</summary>
public sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly List<byte> _pending = [];
    private readonly Uri _gate;

    public RawClient(Uri gate)
    {
        _gate = gate;
        _socket.Connect(gate.Host, gate.Port);
        _socket.ReceiveTimeout = 15_000;
    }

    public void Dispose() => _socket.Dispose();

    public void Send(string text) => _socket.Send(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends a request with Host and the given header lines, and reads the answer.</summary>
    public async Task<RawResponse> Get(string target, params string[] headers) => await Ask("GET", target, headers);

    public async Task<RawResponse> Ask(string method, string target, string[] headers, string? body = null)
    {
        var host = headers.Any(line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)) ? "" : $"Host: {_gate.Authority}\r\n";
        var length = body is null ? "" : $"Content-Length: {Encoding.Latin1.GetByteCount(body)}\r\n";
        Send($"{method} {target} HTTP/1.1\r\n{host}{length}{string.Concat(headers.Select(line => line + "\r\n"))}\r\n{body}");
        return await Read(method == "HEAD");
    }

    /// <summary>Reads one answer.</summary>
    public async Task<RawResponse> Read(bool isHead = false)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        int end;
        while ((end = Text().IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
        {
            if (!await More(late.Token))
            {
                return new RawResponse(0, [], Text(), EndedCleanly: false);
            }
        }

        var lines = Text()[..end].Split("\r\n");
        _pending.RemoveRange(0, end + 4);
        var status = int.Parse(lines[0].Split(' ')[1]);
        var headers = lines.Skip(1).Select(line => (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim())).ToList();
        var head = new RawResponse(status, headers, "", EndedCleanly: true);
        if (isHead || status is 204 or 304 or < 200)
        {
            return head;
        }

        return head["Transfer-Encoding"] is not null ? await ReadChunks(head, late.Token) : await ReadLength(head, late.Token);
    }

    /// <summary>Reads what comes until the peer closes or nothing comes for a while.</summary>
    public bool IsClosed()
    {
        try
        {
            _socket.ReceiveTimeout = 3_000;
            return _socket.Receive(new byte[1]) == 0;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode is SocketError.ConnectionReset;
        }
    }

    /// <summary>Leaves with a reset.</summary>
    public void Leave()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public async Task<string> ReadSome(int bytes)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (_pending.Count < bytes && await More(late.Token))
        {
        }

        return Text();
    }

    private async Task<RawResponse> ReadLength(RawResponse head, CancellationToken cancellation)
    {
        if (head["Content-Length"] is not { } length)
        {
            while (await More(cancellation))
            {
            }

            return head with { Body = Text() };
        }

        var bytes = int.Parse(length);
        while (_pending.Count < bytes)
        {
            if (!await More(cancellation))
            {
                return head with { Body = Text(), EndedCleanly = false };
            }
        }

        var body = Encoding.Latin1.GetString([.. _pending.GetRange(0, bytes)]);
        _pending.RemoveRange(0, bytes);
        return head with { Body = body };
    }

    private async Task<RawResponse> ReadChunks(RawResponse head, CancellationToken cancellation)
    {
        var body = new StringBuilder();
        while (true)
        {
            int line;
            while ((line = Text().IndexOf("\r\n", StringComparison.Ordinal)) < 0)
            {
                if (!await More(cancellation))
                {
                    return head with { Body = body.ToString(), EndedCleanly = false };
                }
            }

            var size = Convert.ToInt32(Text()[..line], 16);
            while (_pending.Count < line + 2 + size + 2)
            {
                if (!await More(cancellation))
                {
                    return head with { Body = body.ToString(), EndedCleanly = false };
                }
            }

            body.Append(Encoding.Latin1.GetString([.. _pending.GetRange(line + 2, size)]));
            _pending.RemoveRange(0, line + 2 + size + 2);
            if (size == 0)
            {
                return head with { Body = body.ToString() };
            }
        }
    }

    private async Task<bool> More(CancellationToken cancellation)
    {
        var buffer = new byte[64 << 10];
        try
        {
            var read = await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellation);
            _pending.AddRange(buffer.AsSpan(0, read));
            return read > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Text() => Encoding.Latin1.GetString([.. _pending]);
}
