using Headgate.Catalogue;

namespace Headgate.Dispatch;

/// <summary>Ends what an unsafe request may have changed (RFC 9111 §4.4): its own target, and those its answer names at the same origin.</summary>
internal static class OriginInvalidation
{
    public static void Apply(ProviderContext provider, Demand demand, int status, IReadOnlyList<HeaderField> headers)
    {
        var model = demand.Plan.Provider;
        if (status is < 200 or >= 400 || demand.Request.Method is "GET" or "HEAD" or "OPTIONS" || !model.Endpoints.Any(endpoint => endpoint.Freshness.IsOrigin))
        {
            return;
        }

        Remove(provider, demand, demand.Request.Target);
        var here = new Uri(new Uri(model.BaseUrl.GetLeftPart(UriPartial.Authority)), demand.Plan.Target);
        var prefix = BaseUrls.Prefix(model.BaseUrl);
        foreach (var header in headers)
        {
            if ((header.Is("Location") || header.Is("Content-Location"))
                && Uri.TryCreate(here, header.Value, out var named)
                && string.Equals(named.Authority, model.BaseUrl.Authority, StringComparison.OrdinalIgnoreCase)
                && string.Equals(named.Scheme, model.BaseUrl.Scheme, StringComparison.OrdinalIgnoreCase)
                && named.PathAndQuery.StartsWith(prefix, StringComparison.Ordinal))
            {
                Remove(provider, demand, named.PathAndQuery[prefix.Length..]);
            }
        }
    }

    private static void Remove(ProviderContext provider, Demand demand, string target)
    {
        if (!target.StartsWith('/'))
        {
            return;
        }

        var request = new ClientRequest { Method = "GET", Target = target, Headers = demand.Request.Headers };
        var plan = RequestPlanner.Plan(demand.Plan.Provider, request, provider.Hasher, provider.Secrets);
        if (plan is { Endpoint: { Freshness.IsOrigin: true, Batch: null }, Items: [var item] })
        {
            // The key of a target with variants leads to all of them.
            provider.Entries.Remove(item.Key);
        }
    }
}
