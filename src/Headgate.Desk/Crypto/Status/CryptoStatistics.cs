using System.Globalization;
using Headgate.Desk.Crypto.Registry;
using Headgate.Reports;

namespace Headgate.Desk.Crypto.Status;

/// <summary>Cryptometer's cache by the names its users know; a view of the gate's own counters. Written in snake case.</summary>
/// <param name="TotalHits">Items answered from what was held and fresh; stale answers are none.</param>
/// <param name="TotalMisses">All others.</param>
/// <param name="TotalRequests">Items asked for, by whichever client of the gate; refreshing asks for none.</param>
/// <param name="OverallHitRate">Text with one decimal and %.</param>
/// <param name="ApiCallsSaved">Calls the clients' own asks would have been, less all calls made, refreshing included; negative where nobody reads what is refreshed.</param>
/// <param name="RateLimitBlocks">Asks refused for a limit, and calls the upstream refused for one (these must stay 0).</param>
/// <param name="StaleServed">Items answered stale and marked so.</param>
/// <param name="MonitoredSymbols">How many.</param>
/// <param name="Symbols">Which.</param>
/// <param name="EndpointStatistics">By name of the registry; endpoints nobody asked or refreshed are absent.</param>
public sealed record CryptometerStatisticsView(
    long TotalHits,
    long TotalMisses,
    long TotalRequests,
    string OverallHitRate,
    long ApiCallsSaved,
    long RateLimitBlocks,
    long StaleServed,
    int MonitoredSymbols,
    IReadOnlyList<string> Symbols,
    IReadOnlyDictionary<string, CryptoEndpointStatisticsView> EndpointStatistics);

/// <summary>KingFisher's cache likewise.</summary>
/// <param name="Hits">Items answered from what was held and fresh.</param>
/// <param name="Misses">All others.</param>
/// <param name="Updates">Calls that brought an answer.</param>
/// <param name="Evictions">Null: the gate does not count by provider what it lets go of memory; it stays on disk until it is useless.</param>
/// <param name="HitRate">Text with one decimal and %.</param>
/// <param name="TotalRequests">Items asked for.</param>
/// <param name="ActiveSchedules">Kinds and symbols that are kept fresh.</param>
public sealed record KingFisherStatisticsView(long Hits, long Misses, long Updates, long? Evictions, string HitRate, long TotalRequests, int ActiveSchedules);

/// <summary>One endpoint.</summary>
public sealed record CryptoEndpointStatisticsView(long Hits, long Misses, long Updates, string HitRate);

/// <summary>Computes them. Pure.</summary>
internal static class CryptoStatistics
{
    public static CryptometerStatisticsView Cryptometer(IReadOnlyList<EndpointStats> stats, CryptoRegistry registry, IReadOnlyList<CryptoSymbol> symbols)
    {
        var own = Of(stats, CryptoRegistry.Cryptometer);
        var byName = own.ToDictionary(static endpoint => endpoint.Endpoint, StringComparer.Ordinal);
        var (hits, items) = (own.Sum(static endpoint => endpoint.FreshHits), own.Sum(static endpoint => endpoint.Items));
        var endpoints = new SortedDictionary<string, CryptoEndpointStatisticsView>(StringComparer.Ordinal);
        foreach (var endpoint in registry.Endpoints.Where(static endpoint => endpoint.Provider == CryptoRegistry.Cryptometer))
        {
            if (byName.TryGetValue(endpoint.Id.Replace('_', '-'), out var known))
            {
                endpoints.Add(endpoint.Name, new CryptoEndpointStatisticsView(known.FreshHits, known.Items - known.FreshHits, known.Calls - known.UpstreamErrors, Rate(known.FreshHits, known.Items)));
            }
        }

        return new CryptometerStatisticsView(
            hits,
            items - hits,
            items,
            Rate(hits, items),
            own.Sum(static endpoint => endpoint.Saved),
            own.Sum(static endpoint => endpoint.RefusedBy.GetValueOrDefault(RefusalKind.Limited) + endpoint.LimitedByUpstream),
            own.Sum(static endpoint => endpoint.Stale),
            symbols.Count,
            [.. symbols.Select(static symbol => symbol.Name)],
            endpoints);
    }

    public static KingFisherStatisticsView KingFisher(IReadOnlyList<EndpointStats> stats, int schedules)
    {
        var own = Of(stats, CryptoRegistry.KingFisher);
        var (hits, items) = (own.Sum(static endpoint => endpoint.FreshHits), own.Sum(static endpoint => endpoint.Items));
        return new KingFisherStatisticsView(hits, items - hits, own.Sum(static endpoint => endpoint.Calls - endpoint.UpstreamErrors), null, Rate(hits, items), items, schedules);
    }

    /// <summary>A share as text: <c>87.3%</c>; of nothing it is <c>0.0%</c>.</summary>
    public static string Rate(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{(whole == 0 ? 0 : part * 100m / whole):F1}%");

    private static List<EndpointStats> Of(IReadOnlyList<EndpointStats> stats, string provider) =>
        [.. stats.Where(endpoint => endpoint.Endpoint.StartsWith(provider + ".", StringComparison.Ordinal))];
}
