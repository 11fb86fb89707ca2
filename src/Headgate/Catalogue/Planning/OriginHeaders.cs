using Headgate.Caching;

namespace Headgate.Catalogue;

/// <summary>Headers of calls to upstreams whose own headers decide. Pure and thread-safe.</summary>
internal static class OriginHeaders
{
    // The gate answers these itself from what it stores: a 304 to somebody else's condition would leave nothing to store.
    private static readonly string[] Conditions = ["If-None-Match", "If-Modified-Since"];

    // What only the origin can decide, or asks for a part.
    private static readonly string[] Own = ["If-Match", "If-Unmodified-Since", "If-Range", "Range"];

    /// <summary>Must the request go to the origin as it stands, its answer being nobody else's?</summary>
    public static bool IsOwn(ClientRequest request) => Own.Any(name => request.Header(name) is not null);

    public static IReadOnlyList<HeaderField> ForCall(Demand demand)
    {
        var request = demand.Request;
        var isOwn = demand.Validates is null && IsOwn(request);
        List<HeaderField> headers = isOwn
            ? [.. request.Headers]
            : [.. request.Headers.Where(header => !Conditions.Any(header.Is) && !Own.Any(header.Is))];
        if (demand.Validates is { } stored)
        {
            Add(headers, "If-None-Match", OriginFreshness.Find(stored.Headers, "ETag"));
            Add(headers, "If-Modified-Since", OriginFreshness.Find(stored.Headers, "Last-Modified"));
        }

        headers.AddRange(demand.Plan.InjectedHeaders);
        return headers;
    }

    private static void Add(List<HeaderField> headers, string name, string? value)
    {
        if (value is not null)
        {
            headers.Add(new HeaderField(name, value));
        }
    }
}
