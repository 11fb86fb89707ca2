using System.Net.Sockets;
using System.Text;
using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests.Proxy;

/// <summary>Guards the hit path: a benchmark nobody runs guards nothing. Alone, since the count is the whole process's.</summary>
[Collection("alone")]
public sealed class HitPathTests
{
    // Measured 441 on .NET 10 (release): about 210 are the demand, 32 the request id's text; the rest is this test's own engine and the server.
    private const int BytesPerHitMax = 640;

    [Fact]
    public async Task A_repeated_hit_on_an_open_connection_allocates_next_to_nothing()
    {
        await using var gate = await Gate.Start();
        var entry = Results.Entry(new string('x', 500));
        gate.Engine.Hit = _ => Results.Of(entry);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(gate.Url.Host, gate.Url.Port);
        var request = Encoding.ASCII.GetBytes(
            $"GET /test/quote?i=NSE:INFY HTTP/1.1\r\nHost: {gate.Url.Authority}\r\nAuthorization: token k:s\r\nAccept: */*\r\nUser-Agent: bot\r\n\r\n");
        var buffer = new byte[64 << 10];
        Ask(socket, request, buffer, 2_000);
        gate.Engine.Tried.Clear();
        // What else the process still does, as servers of earlier tests that end, only adds: the least of some rounds is the hit's own.
        Enumerable.Range(0, 5).Min(_ => BytesPerHit(socket, request, buffer)).ShouldBeLessThan(BytesPerHitMax);
        gate.Engine.Planned.ShouldBe(1);
    }

    private static long BytesPerHit(Socket socket, byte[] request, byte[] buffer)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Ask(socket, request, buffer, 2_000);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / 2_000;
    }

    private static void Ask(Socket socket, byte[] request, byte[] buffer, int times)
    {
        for (var round = 0; round < times; round++)
        {
            socket.Send(request);
            var read = 0;
            var end = -1;
            while (end < 0 || read < end + 504)
            {
                read += socket.Receive(buffer, read, buffer.Length - read, SocketFlags.None);
                end = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
            }
        }
    }
}

/// <summary>Tests that measure the process run while no other does.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneCollection;
