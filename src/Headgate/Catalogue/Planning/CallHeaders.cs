namespace Headgate.Catalogue;

/// <summary>Headers of upstream calls. Pure and thread-safe. The edge has already taken out hop-by-hop headers and the gate's own.</summary>
public static class CallHeaders
{
    // A shared answer must be the whole answer, and how fresh it must be is the gate's affair, not the upstream's.
    private static readonly string[] NotForShared =
        ["If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range", "Range", "Cache-Control", "Pragma"];

    /// <summary>For a call whose answer is kept and shared: the leader's headers without conditions, ranges and cache directives.</summary>
    /// <param name="plan">The leader's plan; brings injected secrets.</param>
    /// <param name="request">The leader's request.</param>
    public static IReadOnlyList<HeaderField> ForFetch(RequestPlan plan, ClientRequest request)
    {
        var headers = new List<HeaderField>(request.Headers.Count + plan.InjectedHeaders.Count);
        foreach (var header in request.Headers)
        {
            if (!NotForShared.Contains(header.Name, StringComparer.OrdinalIgnoreCase))
            {
                headers.Add(header);
            }
        }

        headers.AddRange(plan.InjectedHeaders);
        return headers;
    }

    /// <summary>For a request that passes through exactly once: the client's headers as they are, and injected secrets.</summary>
    public static IReadOnlyList<HeaderField> ForForward(RequestPlan plan, ClientRequest request) =>
        plan.InjectedHeaders.Count == 0 ? request.Headers : [.. request.Headers, .. plan.InjectedHeaders];
}
