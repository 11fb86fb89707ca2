using Headgate.Reports;

namespace Headgate.Cli.Demo;

/// <summary>What the demo shows, summed over all endpoints.</summary>
/// <param name="Asked">Requests of all clients.</param>
/// <param name="Hits">Items answered from entries that were fresh.</param>
/// <param name="Joined">Items that joined a fetch under way.</param>
/// <param name="Calls">Calls sent upstream.</param>
/// <param name="Direct">Calls the clients would have made themselves.</param>
/// <param name="Violations">Calls that broke a limit, as the upstream itself counted them.</param>
/// <param name="Oldest">Largest age served as success.</param>
internal sealed record DemoFigures(long Asked, long Hits, long Joined, long Calls, long Direct, long Violations, TimeSpan Oldest)
{
    public long Saved => Direct - Calls;

    public static DemoFigures Of(IReadOnlyList<EndpointStats> stats, long violations) => new(
        stats.Sum(endpoint => endpoint.Demands),
        stats.Sum(endpoint => endpoint.FreshHits),
        stats.Sum(endpoint => endpoint.Joined),
        stats.Sum(endpoint => endpoint.Calls),
        stats.Sum(endpoint => endpoint.Direct),
        violations,
        stats.Select(endpoint => endpoint.OldestServed).DefaultIfEmpty().Max());
}
