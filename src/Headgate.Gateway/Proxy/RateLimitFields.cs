using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Proxy;

/// <summary><c>RateLimit</c> and <c>RateLimit-Policy</c> (draft-ietf-httpapi-ratelimit-headers-10) for answers that touched a limit.</summary>
internal static class RateLimitFields
{
    public static void Write(IHeaderDictionary headers, LimitReport? limit)
    {
        if (limit is null || headers.ContainsKey("RateLimit"))
        {
            return;
        }

        var window = Math.Max(1, SmallNumbers.CeilingSeconds(limit.Window));
        var reset = Math.Max(0, SmallNumbers.CeilingSeconds(limit.ResetIn));
        headers["RateLimit-Policy"] = $"\"{limit.Name}\";q={limit.Permits};w={window}";
        headers["RateLimit"] = $"\"{limit.Name}\";r={Math.Max(0, limit.Remaining)};t={reset}";
    }
}
