using Headgate.Reports;

namespace Headgate.Gateway.Api;

/// <summary>Counts since the start.</summary>
internal sealed record StatsView(long Demands, long Direct, long Calls, long Saved, IReadOnlyList<EndpointStats> Endpoints)
{
    public static StatsView Of(IReadOnlyList<EndpointStats> stats) => new(
        stats.Sum(endpoint => endpoint.Demands),
        stats.Sum(endpoint => endpoint.Direct),
        stats.Sum(endpoint => endpoint.Calls),
        stats.Sum(endpoint => endpoint.Saved),
        [.. stats.OrderBy(endpoint => endpoint.Endpoint, StringComparer.Ordinal)]);
}
