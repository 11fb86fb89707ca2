using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Headgate.Upstreams.Faults;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Headgate.Upstreams.Hosting;

/// <summary>Puts an answer on the wire the way its fault says.</summary>
internal static class TwinDelivery
{
    public static async Task SendAsync(HttpContext context, TwinReply reply, TimeProvider clock, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        try
        {
            if (reply.Fault.Delay > TimeSpan.Zero)
            {
                await Task.Delay(reply.Fault.Delay, clock, ended.Token);
            }

            await DeliverAsync(context, reply, clock, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            context.Abort(); // the client left or the host stops: nothing is left to deliver
        }
    }

    private static Task DeliverAsync(HttpContext context, TwinReply reply, TimeProvider clock, CancellationToken ended) => reply.Fault.Kind switch
    {
        TwinFaultKind.Hang => Task.Delay(Timeout.InfiniteTimeSpan, clock, ended),
        TwinFaultKind.Close => CloseAfterAsync(context, ReadOnlyMemory<byte>.Empty, ended),
        TwinFaultKind.Reset => ResetAsync(context),
        TwinFaultKind.Garbage => CloseAfterAsync(context, TwinFault.GarbageBytes, ended),
        TwinFaultKind.Truncated => TruncateAsync(context, reply, ended),
        TwinFaultKind.SlowDrip => DripAsync(context, reply, clock, ended),
        _ => AnswerAsync(context, reply, ended),
    };

    private static async Task AnswerAsync(HttpContext context, TwinReply reply, CancellationToken ended)
    {
        WriteHead(context, reply);
        await context.Response.Body.WriteAsync(reply.Body, ended);
    }

    private static async Task DripAsync(HttpContext context, TwinReply reply, TimeProvider clock, CancellationToken ended)
    {
        WriteHead(context, reply);
        var portion = Math.Max(1, reply.Fault.Bytes);
        for (var sent = 0; sent < reply.Body.Length; sent += portion)
        {
            await context.Response.Body.WriteAsync(reply.Body.Slice(sent, Math.Min(portion, reply.Body.Length - sent)), ended);
            await context.Response.Body.FlushAsync(ended);
            await Task.Delay(reply.Fault.Interval, clock, ended);
        }
    }

    private static void WriteHead(HttpContext context, TwinReply reply)
    {
        context.Response.StatusCode = reply.Status;
        foreach (var header in reply.Headers)
        {
            context.Response.Headers.Append(header.Name, header.Value);
        }

        if (!HttpMethods.IsHead(context.Request.Method) && reply.Status is not (204 or 304))
        {
            context.Response.ContentLength = reply.Body.Length;
        }
    }

    // The server underneath would never send fewer bytes than it promised, so the head is written by hand.
    // Behind TLS there is no plain socket to write to; there the connection is cut within the body instead.
    private static async Task TruncateAsync(HttpContext context, TwinReply reply, CancellationToken ended)
    {
        var cut = reply.Fault.CutAt(reply.Body.Length);
        if (context.Request.IsHttps)
        {
            WriteHead(context, reply);
            await context.Response.Body.WriteAsync(reply.Body[..cut], ended);
            await context.Response.Body.FlushAsync(ended);
            context.Abort();
            return;
        }

        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} {ReasonPhrases.GetReasonPhrase(reply.Status)}\r\n");
        foreach (var header in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{header.Name}: {header.Value}\r\n");
        }

        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.Body.Length}\r\n\r\n");
        byte[] bytes = [.. Encoding.Latin1.GetBytes(head.ToString()), .. reply.Body.Span[..cut]];
        await CloseAfterAsync(context, bytes, ended);
    }

    private static async Task CloseAfterAsync(HttpContext context, ReadOnlyMemory<byte> bytes, CancellationToken ended)
    {
        if (SocketOf(context) is { } socket)
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await socket.SendAsync(bytes, ended)..];
            }

            socket.Shutdown(SocketShutdown.Send);
        }

        context.Abort();
    }

    private static Task ResetAsync(HttpContext context)
    {
        if (SocketOf(context) is { } socket)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0); // zero linger turns the close into an RST
            socket.Close();
        }

        context.Abort();
        return Task.CompletedTask;
    }

    private static Socket? SocketOf(HttpContext context) => context.Features.Get<IConnectionSocketFeature>()?.Socket;
}
