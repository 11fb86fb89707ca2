using System.Globalization;
using System.IO.Pipelines;
using Headgate.Caching;
using Headgate.Gateway.Upstream;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Proxy;

/// <summary>
/// Answers from responses that were kept by their own headers (RFC 9111): every field as the origin sent it, its own validators, conditions and ranges
/// (RFC 9110 §13, §14) judged here.
/// </summary>
internal sealed class OriginWriter(long decodedBytesMax)
{
    private const int PartBytes = 64 << 10;

    public Task WriteAsync(in Exchange exchange, in FetchResult result, bool isStored) =>
        result.Single!.ContentCoding is { } coding && !Codings.Accepts(exchange.Context.Request.Headers.AcceptEncoding, coding)
            ? WriteDecodedAsync(exchange, result, isStored)
            : Write(exchange, result, isStored);

    /// <summary>Decoding is not for a thread that serves sockets.</summary>
    private async Task WriteDecodedAsync(Exchange exchange, FetchResult result, bool isStored)
    {
        await PoolHop.Run();
        await Write(exchange, result, isStored);
    }

    private Task Write(in Exchange exchange, in FetchResult result, bool isStored)
    {
        var entry = result.Single!;
        var request = exchange.Context.Request;
        var response = exchange.Context.Response;
        var (body, coding, isOther) = Coded(entry, request.Headers.AcceptEncoding);
        WriteFields(response.Headers, entry, coding, isOther);
        response.Headers.Append("Cache-Status", CacheStatus.OfAnswer(result, isStored));
        response.Headers.Age = SmallNumbers.Text(Math.Max(0, SmallNumbers.FloorSeconds(result.Age)));
        RateLimitFields.Write(response.Headers, result.Limit);
        if (entry.Status == StatusCodes.Status200OK && IsUnchanged(request.Headers, response.Headers))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = entry.ContentType;
        response.StatusCode = entry.Status;
        if (entry.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return Task.CompletedTask;
        }

        if (entry.Status == StatusCodes.Status200OK && !exchange.IsHead && IsRangeMeant(request.Headers, response.Headers)
            && ByteRange.Asked(request.Headers.Range, body.Length, out var satisfiable) is { } range)
        {
            if (!satisfiable)
            {
                response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{body.Length}");
                response.ContentLength = 0;
                return Task.CompletedTask;
            }

            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = range.ToString();
            body = body.Slice((int)range.From, (int)(range.To - range.From + 1));
        }

        response.ContentLength = body.Length;
        return exchange.IsHead ? Task.CompletedTask : WriteBodyAsync(response.BodyWriter, body, exchange.Context.RequestAborted);
    }

    /// <summary>The body in a coding the client takes.</summary>
    private (ReadOnlyMemory<byte> Body, string? Coding, bool IsOther) Coded(Entry entry, in StringValues accepted)
    {
        if (entry.ContentCoding is not { } coding || Codings.Accepts(accepted, coding))
        {
            return (entry.Body, entry.ContentCoding, false);
        }

        try
        {
            return (Codings.Decode(entry.Body, coding, decodedBytesMax), null, true);
        }
        catch (InvalidDataException)
        {
            // The origin says a coding that its bytes do not have: they go as they came.
            return (entry.Body, coding, false);
        }
    }

    private static void WriteFields(IHeaderDictionary headers, Entry entry, string? coding, bool isOther)
    {
        foreach (var header in entry.Headers)
        {
            // Another coding is another representation: its tag may be compared weakly at most.
            var value = isOther && header.Is("ETag") && !header.Value.StartsWith("W/", StringComparison.Ordinal) ? "W/" + header.Value : header.Value;
            try
            {
                headers.Append(header.Name, new StringValues(value));
            }
            catch (InvalidOperationException)
            {
                // Control characters in a value: the server refuses to write them, and rightly.
            }
        }

        if (coding is not null)
        {
            headers.ContentEncoding = coding;
        }

        if (entry.ContentCoding is not null && !headers.Vary.ToString().Contains("Accept-Encoding", StringComparison.OrdinalIgnoreCase))
        {
            headers.Append("Vary", "Accept-Encoding");
        }
    }

    // A date stands in where there is none of the last change (RFC 9111 §4.3.2).
    private static bool IsUnchanged(IHeaderDictionary request, IHeaderDictionary response)
    {
        string? modified = response.LastModified.Count > 0 ? response.LastModified : response.Date;
        return Conditional.IsUnchanged(request.IfNoneMatch, request.IfModifiedSince, response.ETag.Count == 1 ? response.ETag[0]! : "", modified);
    }

    // If-Range: the part only if nothing has changed, else the whole; weak tags never match.
    private static bool IsRangeMeant(IHeaderDictionary request, IHeaderDictionary response)
    {
        if (request.Range.Count != 1)
        {
            return false;
        }

        string? condition = request.IfRange;
        return condition is null
            || (condition.StartsWith('"') ? string.Equals(condition, response.ETag, StringComparison.Ordinal) : string.Equals(condition, response.LastModified, StringComparison.Ordinal));
    }

    private static async Task WriteBodyAsync(PipeWriter writer, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        while (!body.IsEmpty)
        {
            var part = body[..Math.Min(PartBytes, body.Length)];
            body = body[part.Length..];
            if ((await writer.WriteAsync(part, cancellation)).IsCompleted)
            {
                return;
            }
        }
    }
}
