using System.Text;
using Headgate.Upstream;

namespace Headgate.Catalogue;

/// <summary>Tells what an upstream's answer means: the provider's rules first, then what the status says by itself. Pure and thread-safe.</summary>
public static class OutcomeClassifier
{
    // Error texts stand at the beginning; data far down a good answer must not be taken for one.
    private const int TextSearched = 4 << 10;

    /// <param name="provider">Its error rules.</param>
    /// <param name="endpoint">What was called; its media types and limits.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="headers">Response headers.</param>
    /// <param name="body">The whole body after content decoding; for <see cref="EndpointModel.Stream"/> it may be empty and is not judged.</param>
    /// <param name="now">Wall clock, for a <c>Retry-After</c> date in an answer without <c>Date</c>.</param>
    public static Classification Classify(
        ProviderModel provider, EndpointModel endpoint, int status, IReadOnlyList<HeaderField> headers, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var contentType = MediaType(headers);
        var json = WithoutMark(body);
        foreach (var rule in provider.Errors)
        {
            if (Matches(rule, status, contentType, json))
            {
                return Of(rule, endpoint, headers, json, now);
            }
        }

        var kind = ByStatus(status);
        if (kind == OutcomeKind.Limited)
        {
            // 418 is a ban of everything that is counted together; 429 tells of the limit at hand.
            IReadOnlyList<LimitModel> limits = status == 418 ? endpoint.Limits : FirstOf(endpoint);
            return Limited(limits, RetryAfter.FromHeaders(headers, now), closure: null, untilReset: false, $"status {status}");
        }

        if (status == 200 && Unusable(endpoint, contentType, json) is { } reason)
        {
            return new Classification(OutcomeKind.Malformed, null, [], null, false, reason);
        }

        return new Classification(kind, kind == OutcomeKind.Success ? null : RetryAfter.FromHeaders(headers, now), [], null, false, $"status {status}");
    }

    /// <summary>What one item of a batched answer means by the provider's rules alone: data unless a rule knows it for an error.</summary>
    public static Classification ClassifyItem(ProviderModel provider, EndpointModel endpoint, ReadOnlySpan<byte> item)
    {
        foreach (var rule in provider.Errors)
        {
            if (rule.Json.Count > 0 && Matches(rule, 200, "", item))
            {
                return Of(rule, endpoint, [], item, default);
            }
        }

        return new Classification(OutcomeKind.Success, null, [], null, false, "an item");
    }

    private static OutcomeKind ByStatus(int status) => status switch
    {
        // Part of a body is not the body: it goes to its asker and is never kept.
        206 => OutcomeKind.Permanent,
        >= 200 and < 300 => OutcomeKind.Success,
        // Redirects are passed on, never followed and never kept.
        >= 300 and < 400 => OutcomeKind.Permanent,
        401 or 403 => OutcomeKind.Unauthorized,
        404 or 410 => OutcomeKind.NotFound,
        408 => OutcomeKind.Transient,
        418 or 429 => OutcomeKind.Limited,
        >= 400 and < 500 => OutcomeKind.Permanent,
        _ => OutcomeKind.Transient,
    };

    private static bool Matches(ErrorRule rule, int status, string contentType, ReadOnlySpan<byte> body)
    {
        if (rule.Statuses.Count > 0 && !rule.Statuses.Any(range => status >= range.From && status <= range.To))
        {
            return false;
        }

        if (rule.ContentType is { } type && !contentType.StartsWith(type, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (var condition in rule.Json)
        {
            if (!JsonProbe.Holds(body, condition))
            {
                return false;
            }
        }

        return rule.BodyContains is not { } text
            || Encoding.UTF8.GetString(body[..Math.Min(body.Length, TextSearched)]).Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    private static Classification Of(ErrorRule rule, EndpointModel endpoint, IReadOnlyList<HeaderField> headers, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var retryAfter = RetryAfter.FromHeaders(headers, now);
        if (retryAfter is null && rule.RetryAfterPath.Count > 0 && JsonProbe.Text(body, rule.RetryAfterPath) is { } text && RetryAfter.TrySeconds(text, out var wait))
        {
            retryAfter = wait;
        }

        const string Reason = "a rule of the definition";
        return rule.As == OutcomeKind.Limited
            ? Limited(rule.Limits.Count > 0 ? rule.Limits : FirstOf(endpoint), retryAfter, rule.Closure, rule.UntilReset, Reason)
            : new Classification(rule.As, rule.As == OutcomeKind.Success ? null : retryAfter, [], null, false, Reason) { Remember = rule.Remember };
    }

    private static Classification Limited(IReadOnlyList<LimitModel> limits, TimeSpan? retryAfter, TimeSpan? closure, bool untilReset, string reason)
    {
        var lockOut = retryAfter is null && !untilReset && limits.Count > 0 ? limits.Max(limit => limit.LockOut) : null;
        return new Classification(OutcomeKind.Limited, retryAfter, limits, closure ?? lockOut, untilReset, reason);
    }

    private static IReadOnlyList<LimitModel> FirstOf(EndpointModel endpoint) => endpoint.Limits.Count == 0 ? [] : [endpoint.Limits[0]];

    private static string? Unusable(EndpointModel endpoint, string contentType, ReadOnlySpan<byte> body)
    {
        if (endpoint.ContentTypes.Count > 0 && contentType.Length > 0 && !endpoint.ContentTypes.Contains(contentType, StringComparer.OrdinalIgnoreCase))
        {
            return "a media type this endpoint does not answer with";
        }

        if (endpoint.Stream)
        {
            return null;
        }

        if (body.IsEmpty)
        {
            return "an empty body";
        }

        if (IsJsonWanted(endpoint, contentType) && !ItemSplitter.IsJson(body))
        {
            return "a body that is not JSON from end to end";
        }

        if (IsXml(contentType) && !LooksLikeXml(body))
        {
            return "a body that is not XML from end to end";
        }

        // Only what is JSON by its first byte: the same endpoint may answer with CSV when asked to.
        return body[0] is (byte)'{' && !HasAll(endpoint.Required, body) ? "a body without the members its definition asks for" : null;
    }

    private static bool HasAll(IReadOnlyList<IReadOnlyList<string>> paths, ReadOnlySpan<byte> body)
    {
        foreach (var path in paths)
        {
            if (!JsonProbe.Holds(body, new JsonCondition(path, [])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsJsonWanted(EndpointModel endpoint, string contentType) =>
        endpoint.Batch is not null
        || endpoint.Range is not null
        || IsJson(contentType)
        || (contentType.Length == 0 && endpoint.ContentTypes.Count > 0 && endpoint.ContentTypes.All(IsJson));

    private static bool IsJson(string mediaType) =>
        mediaType.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    private static bool IsXml(string mediaType) =>
        mediaType.EndsWith("/xml", StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith("+xml", StringComparison.OrdinalIgnoreCase);

    // Its two ends tell a feed from garbage and from a part of one. What begins with a mark of UTF-16 is not looked at.
    private static bool LooksLikeXml(ReadOnlySpan<byte> body)
    {
        var text = body.Trim(" \t\r\n"u8);
        return !text.IsEmpty && (text[0] is 0xFE or 0xFF || (text[0] is (byte)'<' && text[^1] is (byte)'>'));
    }

    private static string MediaType(IReadOnlyList<HeaderField> headers)
    {
        foreach (var header in headers)
        {
            if (header.Is("Content-Type"))
            {
                var semicolon = header.Value.IndexOf(';', StringComparison.Ordinal);
                return (semicolon < 0 ? header.Value : header.Value[..semicolon]).Trim();
            }
        }

        return "";
    }

    // Some servers put a byte order mark before JSON; parsers of clients pass over it, and so does this.
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) => body.StartsWith("\uFEFF"u8) ? body[3..] : body;
}
