using System.Globalization;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Upstream;
using Headgate.Upstream;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Proxy;

/// <summary>Passes an upstream's own answer on, at the client's pace, and never ends it cleanly when it broke off.</summary>
internal sealed class PassedWriter(ProblemWriter problems, ILogger logger)
{
    private const int ReadBytes = 16 << 10;

    public async Task WriteAsync(Exchange exchange, FetchResult result)
    {
        await using var reply = PlainFor(exchange, result);
        var hasBody = !exchange.IsHead && reply.Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified);
        var response = exchange.Context.Response;
        var writer = response.BodyWriter;
        var left = exchange.Context.RequestAborted;
        var first = Memory<byte>.Empty;
        if (hasBody)
        {
            // The first bytes come before the head is given away: a body that breaks at once can still become an honest error.
            first = new byte[ReadBytes];
            try
            {
                first = first[..await reply.ReadAsync(first, left)];
            }
            catch (UpstreamBodyException error)
            {
                await problems.WriteAsync(exchange, BrokenOff(exchange, error), CacheStatus.OfPassed(result, reply.Status));
                return;
            }
        }

        WriteHead(exchange, result, reply);
        if (!hasBody || first.IsEmpty)
        {
            return;
        }

        try
        {
            var flushed = await writer.WriteAsync(first, left);
            while (!flushed.IsCompleted && await reply.ReadAsync(writer.GetMemory(ReadBytes), left) is > 0 and var read)
            {
                writer.Advance(read);
                flushed = await writer.FlushAsync(left);
            }
        }
        catch (UpstreamBodyException)
        {
            Log.BodyBrokeOff(logger, exchange.RequestId, exchange.Provider.Name);
            exchange.Context.Abort();
        }
    }

    private static PassedReply PlainFor(in Exchange exchange, in FetchResult result)
    {
        var reply = result.Reply!;
        var coding = result.Collapsed && !exchange.IsHead ? reply.Headers.FirstOrDefault(header => header.Is("Content-Encoding")).Value?.ToLowerInvariant() : null;
        return coding is "gzip" or "br" or "deflate" && Codings.Choose(exchange.Context.Request.Headers.AcceptEncoding, coding) is { } chosen && !string.Equals(chosen, coding, StringComparison.Ordinal)
            ? PlainReply.Of(reply, coding)
            : reply;
    }

    private void WriteHead(in Exchange exchange, in FetchResult result, PassedReply reply)
    {
        var response = exchange.Context.Response;
        response.StatusCode = reply.Status;
        foreach (var header in reply.Headers)
        {
            // A cookie is its asker's own: those who joined the call did not ask for it.
            if (header.Is("Content-Length") || HopByHop.Contains(header.Name) || (result.Collapsed && header.Is("Set-Cookie")))
            {
                continue;
            }

            try
            {
                response.Headers.Append(header.Name, new StringValues(header.Value));
            }
            catch (InvalidOperationException)
            {
                // Control characters in a value: the server refuses to write them, and rightly.
                Log.HeaderLeftOut(logger, exchange.RequestId, exchange.Provider.Name, header.Name);
            }
        }

        response.Headers.Append("Cache-Status", CacheStatus.OfPassed(result, reply.Status));
        RateLimitFields.Write(response.Headers, result.Limit);
        if (reply.Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
        {
            response.ContentLength = exchange.IsHead ? DeclaredLength(reply) : reply.ContentLength;
        }
    }

    // An answer to HEAD declares the length of a body it does not have.
    private static long? DeclaredLength(PassedReply reply)
    {
        foreach (var header in reply.Headers)
        {
            if (header.Is("Content-Length") && long.TryParse(header.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                return length;
            }
        }

        return null;
    }

    private static Problem BrokenOff(in Exchange exchange, UpstreamBodyException error)
    {
        var method = exchange.Context.Request.Method;
        var isRead = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        var status = error.Fault.IsTimeout ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway;
        return isRead
            ? new Problem(error.Fault.IsTimeout ? ProblemType.UpstreamTimeout : ProblemType.UpstreamUnusable, status, "The upstream's answer broke off before its body began.")
            : new Problem(ProblemType.OutcomeUnknown, status, "The request was sent once; the upstream's answer broke off before its body began.");
    }
}
