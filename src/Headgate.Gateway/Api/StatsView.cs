using Headgate.Catalogue;
using Headgate.Reports;

namespace Headgate.Gateway.Api;

/// <summary>Counts since the start.</summary>
internal sealed record StatsView(long Demands, long Direct, long Calls, long Saved, IReadOnlyList<EndpointStats> Endpoints, IReadOnlyList<ProviderCost> Costs)
{
    public static StatsView Of(IReadOnlyList<EndpointStats> stats, CatalogueModel catalogue) => new(
        stats.Sum(endpoint => endpoint.Demands),
        stats.Sum(endpoint => endpoint.Direct),
        stats.Sum(endpoint => endpoint.Calls),
        stats.Sum(endpoint => endpoint.Saved),
        [.. stats.OrderBy(endpoint => endpoint.Endpoint, StringComparer.Ordinal)],
        ProviderCost.Of(catalogue, stats));
}
