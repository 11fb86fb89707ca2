using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Headgate.Caching;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Proxy;

/// <summary>Answers from entries: one body, or a gather of the slices of many.</summary>
internal sealed class AnswerWriter(ProblemWriter problems)
{
    // What a stored body may unfold to for a client that takes no coding, and what is kept of bodies in codings other than their own.
    public const long DecodedBytesMax = 256L << 20;
    private const long TranscodedBytesMax = 64L << 20;

    private readonly Transcodings _transcodings = new(TranscodedBytesMax, DecodedBytesMax);

    // Up to here a body is handed over in one go and flushed by the server when the request ends; beyond, the client's pace is heeded.
    private const int InlineBytesMax = 128 << 10;
    private const int FlushBytes = 64 << 10;

    public Task WriteAsync(in Exchange exchange, in FetchResult result, bool isStored)
    {
        var status = CacheStatus.OfAnswer(result, isStored);
        var headers = exchange.Context.Response.Headers;
        headers["Cache-Status"] = status;
        headers.Age = SmallNumbers.Text(Math.Max(0, SmallNumbers.FloorSeconds(result.Age)));
        RateLimitFields.Write(headers, result.Limit);
        return result.Single is { Envelope: null } whole
            ? WriteWholeAsync(exchange, whole)
            : WriteGatherAsync(exchange, result);
    }

    private Task WriteWholeAsync(in Exchange exchange, Entry entry)
    {
        var request = exchange.Context.Request.Headers;
        var response = exchange.Context.Response;
        var coding = entry.ContentCoding;
        if (coding is not null)
        {
            response.Headers.Vary = "Accept-Encoding";
            if (exchange.Lane.CodingFor(request.AcceptEncoding, coding) is not { } chosen)
            {
                return problems.WriteAsync(exchange, NotAcceptable($"This is stored as {coding}; it can be had as gzip, deflate, br or plain, all of which Accept-Encoding rules out."), cacheStatus: null);
            }

            coding = chosen is Codings.Identity ? null : chosen;
        }

        var lastModified = CopyHeaders(entry, response.Headers);
        var tag = TagOf(exchange.Lane, entry, coding);
        response.Headers.ETag = tag;
        WriteAsOf(response.Headers, entry.AsOf);
        if (entry.Status == StatusCodes.Status200OK && Conditional.IsUnchanged(request.IfNoneMatch, request.IfModifiedSince, tag, lastModified))
        {
            return NotModified(response);
        }

        if (string.Equals(coding, entry.ContentCoding, StringComparison.Ordinal))
        {
            return WriteCodedAsync(exchange, entry, coding, entry.Body);
        }

        var made = _transcodings.Get(entry, coding ?? Codings.Identity);
        return made.IsCompletedSuccessfully ? WriteCodedAsync(exchange, entry, coding, made.Result) : WriteOnceMadeAsync(exchange, entry, coding, made);
    }

    private async Task WriteOnceMadeAsync(Exchange exchange, Entry entry, string? coding, Task<byte[]> made)
    {
        byte[] body;
        try
        {
            body = await made;
        }
        catch (InvalidDataException)
        {
            exchange.Context.Response.Headers.Remove("ETag");
            await problems.WriteAsync(exchange, NotAcceptable($"This unfolds to more than {DecodedBytesMax >> 20} MiB; ask for it as {entry.ContentCoding}, as it is stored."), cacheStatus: null);
            return;
        }

        await WriteCodedAsync(exchange, entry, coding, body);
    }

    private static Task WriteCodedAsync(in Exchange exchange, Entry entry, string? coding, ReadOnlyMemory<byte> body)
    {
        var response = exchange.Context.Response;
        response.StatusCode = entry.Status;
        response.ContentType = entry.ContentType;
        if (entry.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return Task.CompletedTask;
        }

        if (coding is not null)
        {
            response.Headers.ContentEncoding = coding;
        }

        response.ContentLength = body.Length;
        return exchange.IsHead || body.IsEmpty ? Task.CompletedTask : WriteBodyAsync(response, body, exchange.Context.RequestAborted);
    }

    private static Problem NotAcceptable(string detail) => new(ProblemType.NotAcceptable, StatusCodes.Status406NotAcceptable, detail);

    private static Task WriteGatherAsync(in Exchange exchange, in FetchResult result)
    {
        var entries = result.Single is { } single ? new ReadOnlySpan<Entry>(in single) : result.Items.AsSpan(0, result.Count);
        var frame = Newest(entries);
        var envelope = frame.Envelope;
        var response = exchange.Context.Response;
        CopyHeaders(frame, response.Headers);
        var tag = EntityTag.Of(entries);
        response.Headers.ETag = tag;
        WriteAsOf(response.Headers, OldestAsOf(entries));
        if (Conditional.IsUnchanged(exchange.Context.Request.Headers.IfNoneMatch, default, tag, lastModified: null))
        {
            return NotModified(response);
        }

        // What an unknown item was answered with when it was asked alone says nothing of the others.
        response.StatusCode = entries.Length > 1 && frame.Status >= StatusCodes.Status400BadRequest ? StatusCodes.Status200OK : frame.Status;
        response.ContentType = frame.ContentType;
        response.ContentLength = LengthOf(entries, envelope);
        if (exchange.IsHead || response.ContentLength == 0)
        {
            return Task.CompletedTask;
        }

        if (response.ContentLength > InlineBytesMax)
        {
            return WriteSlowlyAsync(response.BodyWriter, entries.ToArray(), envelope, exchange.Context.RequestAborted);
        }

        var started = response.StartAsync();
        if (!started.IsCompletedSuccessfully)
        {
            return WriteStartedAsync(started, response, entries.ToArray(), envelope);
        }

        WriteAtOnce(response, entries, envelope);
        return Task.CompletedTask;
    }

    private static async Task WriteStartedAsync(Task started, HttpResponse response, Entry[] entries, Envelope? envelope)
    {
        await started;
        WriteAtOnce(response, entries, envelope);
    }

    private static void WriteAtOnce(HttpResponse response, ReadOnlySpan<Entry> entries, Envelope? envelope)
    {
        var writer = new WholeWriter(response, (int)response.ContentLength!.Value);
        var separator = envelope is null ? default : envelope.Separator.Span;
        writer.Write(envelope is null ? default : envelope.Prefix.Span);
        var isFirst = true;
        foreach (var entry in entries)
        {
            var body = entry.Body.Span;
            if (!body.IsEmpty)
            {
                writer.Write(isFirst ? default : separator);
                writer.Write(body);
                isFirst = false;
            }
        }

        writer.Write(envelope is null ? default : envelope.Suffix.Span);
        writer.End();
    }

    private static async Task WriteSlowlyAsync(PipeWriter writer, Entry[] entries, Envelope? envelope, CancellationToken cancellation)
    {
        Write(writer, envelope?.Prefix ?? default);
        var isFirst = true;
        foreach (var entry in entries)
        {
            if (entry.Body.IsEmpty)
            {
                continue;
            }

            Write(writer, isFirst ? default : envelope?.Separator ?? default);
            Write(writer, entry.Body);
            isFirst = false;
            if (writer.UnflushedBytes >= FlushBytes && (await writer.FlushAsync(cancellation)).IsCompleted)
            {
                return;
            }
        }

        Write(writer, envelope?.Suffix ?? default);
        await writer.FlushAsync(cancellation);
    }

    private static Task WriteBodyAsync(HttpResponse response, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (body.Length > InlineBytesMax)
        {
            return WriteInPartsAsync(response.BodyWriter, body, cancellation);
        }

        var started = response.StartAsync(cancellation);
        if (!started.IsCompletedSuccessfully)
        {
            return WriteStartedAsync(started, response, body);
        }

        WriteAtOnce(response, body.Span);
        return Task.CompletedTask;
    }

    private static async Task WriteStartedAsync(Task started, HttpResponse response, ReadOnlyMemory<byte> body)
    {
        await started;
        WriteAtOnce(response, body.Span);
    }

    private static void WriteAtOnce(HttpResponse response, ReadOnlySpan<byte> body)
    {
        var writer = new WholeWriter(response, body.Length);
        writer.Write(body);
        writer.End();
    }

    private static async Task WriteInPartsAsync(PipeWriter writer, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        while (!body.IsEmpty)
        {
            var part = body[..Math.Min(FlushBytes, body.Length)];
            body = body[part.Length..];
            if ((await writer.WriteAsync(part, cancellation)).IsCompleted)
            {
                return;
            }
        }
    }

    private static void Write(PipeWriter writer, ReadOnlyMemory<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            writer.Write(bytes.Span);
        }
    }

    private static Task NotModified(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    /// <summary>The entry whose call was sent last among those that bring an envelope; it frames the answer.</summary>
    private static Entry Newest(ReadOnlySpan<Entry> entries)
    {
        var newest = entries[0];
        foreach (var entry in entries)
        {
            if (entry.Envelope is { } envelope && (newest.Envelope is null || envelope.SentAt > newest.Envelope.SentAt))
            {
                newest = entry;
            }
        }

        return newest;
    }

    private static long LengthOf(ReadOnlySpan<Entry> entries, Envelope? envelope)
    {
        long length = 0;
        var items = 0;
        foreach (var entry in entries)
        {
            length += entry.Body.Length;
            items += entry.Body.IsEmpty ? 0 : 1;
        }

        return envelope is null ? length : length + envelope.Prefix.Length + envelope.Suffix.Length + ((long)Math.Max(0, items - 1) * envelope.Separator.Length);
    }

    private static DateTimeOffset? OldestAsOf(ReadOnlySpan<Entry> entries)
    {
        DateTimeOffset? oldest = null;
        foreach (var entry in entries)
        {
            if (entry.AsOf is { } asOf && !(oldest <= asOf))
            {
                oldest = asOf;
            }
        }

        return oldest;
    }

    private static void WriteAsOf(IHeaderDictionary headers, DateTimeOffset? asOf)
    {
        if (asOf is { } instant)
        {
            headers["Headgate-As-Of"] = instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        }
    }

    private static string TagOf(Lane lane, Entry entry, string? coding)
    {
        if (!string.Equals(coding, entry.ContentCoding, StringComparison.Ordinal))
        {
            return EntityTag.Of(entry, coding);
        }

        if (!ReferenceEquals(lane.Entry, entry))
        {
            (lane.Entry, lane.EntryTag) = (entry, EntityTag.Of(entry, coding));
        }

        return lane.EntryTag!;
    }

    /// <summary>Repeats what the upstream said besides; gives its <c>Last-Modified</c>.</summary>
    private static string? CopyHeaders(Entry entry, IHeaderDictionary headers)
    {
        string? lastModified = null;
        foreach (var header in entry.Headers)
        {
            switch (header.Name.Length)
            {
                case 13 when header.Is("Last-Modified"):
                    // A gather has no date of its own: its parts change one by one.
                    lastModified = header.Value;
                    if (entry.Envelope is not null)
                    {
                        continue;
                    }

                    break;
                case 4 when header.Is("Vary") && headers.Vary.Count > 0 && header.Value.Contains("Accept-Encoding", StringComparison.OrdinalIgnoreCase):
                    headers.Vary = header.Value;
                    continue;
                default:
                    if (IsMadeHere(header))
                    {
                        continue;
                    }

                    break;
            }

            headers.Append(header.Name, new StringValues(header.Value));
        }

        return lastModified;
    }

    private static bool IsMadeHere(in HeaderField header) =>
        header.Is("Age") || header.Is("ETag") || header.Is("Cache-Status") || header.Is("Content-Length") || header.Is("Content-Type") || header.Is("Content-Encoding")
        || header.Is("Set-Cookie") || header.Is("Transfer-Encoding");
}
