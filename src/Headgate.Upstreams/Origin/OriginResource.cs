namespace Headgate.Upstreams.Origin;

/// <summary>What a generic origin serves under one path.</summary>
/// <param name="Body">The body, uncompressed.</param>
public sealed record OriginResource(ReadOnlyMemory<byte> Body)
{
    public string ContentType { get; init; } = "text/plain";

    /// <summary>The Cache-Control line; null sends none.</summary>
    public string? CacheControl { get; init; }

    /// <summary>The entity tag as sent, quotes included; null derives a strong one from the delivered bytes, empty sends none.</summary>
    public string? ETag { get; init; }

    /// <summary>Sent and compared to the second; null sends none.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Request headers the answer depends on. Their values are appended to the body, so that variants differ.</summary>
    public IReadOnlyList<string> Vary { get; init; } = [];

    /// <summary>Compresses for callers that accept gzip (and then varies by Accept-Encoding); default off.</summary>
    public bool Gzip { get; init; }

    /// <summary>Further header lines, such as Age, Expires or Set-Cookie.</summary>
    public IReadOnlyList<TwinHeader> Headers { get; init; } = [];

    /// <summary>Status; conditional requests are answered only for 200.</summary>
    public int Status { get; init; } = 200;
}
