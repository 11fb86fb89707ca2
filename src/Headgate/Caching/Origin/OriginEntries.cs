using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.Caching;

/// <summary>Makes entries of responses that say themselves how long they hold, and brings them up to date (RFC 9111 §3.1, §3.2, §4.3.4, §4.3.5).</summary>
internal sealed class OriginEntries(EntryBook entries, EngineClock clock)
{
    // What a 304 says of a body it does not have is not believed (§3.2), nor the validator that chose the stored response.
    private static readonly string[] NotUpdated = ["Content-Encoding", "Content-Length", "Content-MD5", "Content-Range", "ETag", "Age", "Connection", "Set-Cookie", "Set-Cookie2"];

    public Entry Make(in ItemKey key, EndpointModel endpoint, int status, IReadOnlyList<HeaderField> headers, ReadOnlyMemory<byte> body, EngineTime sentAt)
    {
        var coding = OriginRules.KnownCoding(headers);
        var kept = OriginRules.Storable(headers);
        return Aged(key, endpoint, status, headers, sentAt, new Kept(
            body,
            OriginFreshness.Find(headers, "Content-Type"),
            coding,
            coding is null ? kept : [.. kept.Where(header => !header.Is("Content-Encoding"))]));
    }

    /// <summary>The stored response with the fields of a 304, or of the answer to a HEAD, and with its new age.</summary>
    public Entry Freshen(Entry held, EndpointModel endpoint, IReadOnlyList<HeaderField> headers, EngineTime sentAt)
    {
        var updated = headers.Where(header => !NotUpdated.Any(header.Is)).ToList();
        List<HeaderField> merged = [.. held.Headers.Where(header => !updated.Exists(update => update.Is(header.Name)))];
        // Age belongs to this message: it counts, and is not kept.
        List<HeaderField> judged = [.. merged, .. updated, .. headers.Where(header => header.Is("Age"))];
        return Aged(held.Key, endpoint, held.Status, judged, sentAt, new Kept(
            held.Body,
            OriginFreshness.Find(updated, "Content-Type") ?? held.ContentType,
            held.ContentCoding,
            OriginRules.Storable([.. merged, .. updated])));
    }

    private Entry Aged(in ItemKey key, EndpointModel endpoint, int status, IReadOnlyList<HeaderField> headers, EngineTime sentAt, in Kept kept)
    {
        var (now, wall) = (clock.Now, clock.WallNow);
        var age = OriginFreshness.CorrectedAge(headers, now - sentAt, wall);
        var madeAt = now - age;
        var freshUntil = madeAt + OriginFreshness.Lifetime(status, headers, wall);
        return new Entry
        {
            Key = key,
            Body = kept.Body,
            Status = status,
            ContentType = kept.ContentType,
            ContentCoding = kept.Coding,
            Headers = kept.Headers,
            SentAt = madeAt,
            FreshUntil = freshUntil,
            StaleUntil = StaleUntil(endpoint, headers, sentAt, freshUntil),
            Version = entries.NextVersion(sentAt),
        };
    }

    private static EngineTime StaleUntil(EndpointModel endpoint, IReadOnlyList<HeaderField> headers, EngineTime sentAt, EngineTime freshUntil)
    {
        var directives = OriginFreshness.DirectivesFor(headers);
        if (directives.ForbidsStale)
        {
            return freshUntil;
        }

        var until = EngineTime.Max(freshUntil, sentAt + endpoint.Freshness.Stale);
        foreach (var window in (ReadOnlySpan<TimeSpan?>)[directives.StaleIfError, directives.StaleWhileRevalidate])
        {
            until = window is { } allowed ? EngineTime.Max(until, freshUntil + allowed) : until;
        }

        return until;
    }

    private readonly record struct Kept(ReadOnlyMemory<byte> Body, string? ContentType, string? Coding, IReadOnlyList<HeaderField> Headers);
}
