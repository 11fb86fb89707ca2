using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Origin;

/// <summary>A plain HTTP origin with validators, variants and codings (RFC 9110, RFC 9111), to test a cache against.</summary>
/// <remarks>GET and HEAD serve what was put; every other method answers 200 and echoes the body it got.</remarks>
public sealed class OriginTwin : Twin
{
    private readonly Dictionary<string, OriginResource> _resources = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <param name="rules">Limits, of the class <c>origin</c>, per address; null holds none.</param>
    public OriginTwin(IReadOnlyList<LimitRule>? rules = null, FaultPlan? faults = null, TwinCounters? counters = null)
        : base("origin", rules ?? [], faults ?? new FaultPlan(new Random(0)), counters ?? new TwinCounters())
    {
    }

    /// <summary>Serves a resource under a path (without query) from now on.</summary>
    public void Put(string path, OriginResource resource)
    {
        lock (_gate)
        {
            _resources[path] = resource;
        }
    }

    /// <summary>Serves nothing under a path from now on.</summary>
    public void Remove(string path)
    {
        lock (_gate)
        {
            _resources.Remove(path);
        }
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) => new(target.Path, "origin", request.Remote);

    protected override TwinReply TooManyRequests(TwinRoute route) => Plain(429, "too many requests");

    protected override TwinReply ServerError(int status) => Plain(status, "error");

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (request.Method is not ("GET" or "HEAD"))
        {
            return new TwinReply(200, [new("Content-Type", request.Header("Content-Type") ?? "text/plain")], request.Body);
        }

        lock (_gate)
        {
            return _resources.TryGetValue(target.Path, out var resource) ? Serve(request, resource) : Plain(404, "not found");
        }
    }

    private static TwinReply Serve(TwinRequest request, OriginResource resource)
    {
        var body = resource.Body;
        foreach (var name in resource.Vary)
        {
            body = (byte[])[.. body.Span, .. Encoding.Latin1.GetBytes($"\n{name}: {request.Header(name)}")];
        }

        var isZipped = resource.Gzip && request.Header("Accept-Encoding")?.Contains("gzip", StringComparison.OrdinalIgnoreCase) == true;
        if (isZipped)
        {
            body = Compress(body);
        }

        var tag = resource.ETag ?? $"\"{Convert.ToHexStringLower(SHA256.HashData(body.Span)[..8])}\"";
        var headers = Validators(resource, tag, isZipped);
        if (resource.Status == 200 && IsUnchanged(request, resource, tag))
        {
            return new TwinReply(304, headers, ReadOnlyMemory<byte>.Empty);
        }

        headers.Add(new("Content-Type", resource.ContentType));
        return new TwinReply(resource.Status, headers, body);
    }

    private static List<TwinHeader> Validators(OriginResource resource, string tag, bool isZipped)
    {
        var headers = new List<TwinHeader>(resource.Headers);
        if (tag.Length > 0)
        {
            headers.Add(new("ETag", tag));
        }

        if (resource.LastModified is { } modified)
        {
            headers.Add(new("Last-Modified", modified.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture)));
        }

        if (resource.CacheControl is { } control)
        {
            headers.Add(new("Cache-Control", control));
        }

        string[] vary = resource.Gzip ? [.. resource.Vary, "Accept-Encoding"] : [.. resource.Vary];
        if (vary.Length > 0)
        {
            headers.Add(new("Vary", string.Join(", ", vary)));
        }

        if (isZipped)
        {
            headers.Add(new("Content-Encoding", "gzip"));
        }

        return headers;
    }

    // If-None-Match wins over If-Modified-Since and compares weakly (RFC 9110, 13.1.2 and 13.2.2).
    private static bool IsUnchanged(TwinRequest request, OriginResource resource, string tag)
    {
        if (request.Header("If-None-Match") is { } tags)
        {
            return tags.Split(',').Select(t => t.Trim()).Any(t => t is "*" || (tag.Length > 0 && string.Equals(Opaque(t), Opaque(tag), StringComparison.Ordinal)));
        }

        return resource.LastModified is { } modified
            && DateTimeOffset.TryParseExact(request.Header("If-Modified-Since"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            && modified.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds();
    }

    private static string Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;

    private static byte[] Compress(ReadOnlyMemory<byte> body)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(body.Span);
        }

        return buffer.ToArray();
    }

    private static TwinReply Plain(int status, string text) => new(status, [new("Content-Type", "text/plain")], Encoding.UTF8.GetBytes(text));
}
