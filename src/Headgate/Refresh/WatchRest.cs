using Headgate.Caching;
using Headgate.Catalogue;

namespace Headgate.Refresh;

/// <summary>How long what is held lets a watched item rest. Pure.</summary>
internal static class WatchRest
{
    /// <summary>One interval after the send; where the definition says that nothing new can come before (a closed market, a bar that runs, what never changes), until then.</summary>
    public static EngineTime Until(Entry entry, EndpointModel endpoint, TimeSpan interval)
    {
        var next = entry.SentAt + interval;
        var freshness = endpoint.Freshness;
        var isByTheClock = freshness.Kind == FreshnessKind.Origin || (freshness.Kind == FreshnessKind.Fixed && (entry.IsNegative || entry.FreshUntil <= entry.SentAt + freshness.Ttl));
        return isByTheClock ? next : EngineTime.Max(next, entry.FreshUntil);
    }
}
