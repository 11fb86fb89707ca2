using Headgate.Reports;

namespace Headgate.Simulation;

/// <summary>Items of one life of an engine, by how they were answered.</summary>
internal sealed record EngineStats(long Items, long FreshHits, long Joined, long Stale)
{
    public static EngineStats Of(IReadOnlyList<EndpointStats> endpoints) => new(
        endpoints.Sum(endpoint => endpoint.Items), endpoints.Sum(endpoint => endpoint.FreshHits), endpoints.Sum(endpoint => endpoint.Joined), endpoints.Sum(endpoint => endpoint.Stale));
}
