using Headgate.Reports;

namespace Headgate.Desk.Collectors.Health;

/// <summary>What was counted of one API, which is a provider of the catalogue, since the start.</summary>
/// <param name="Api">Catalogue name of the provider.</param>
/// <param name="Calls">How its calls ended.</param>
/// <param name="CacheHits">Items answered fresh without a call.</param>
/// <param name="CacheMisses">Items that a call was needed for, their own or another's.</param>
/// <param name="StaleServed">Items answered stale, saying so; no hits.</param>
/// <param name="Saved">Calls that clients would have made and the gate did not.</param>
/// <param name="RefusedBy">Asks refused, by why.</param>
/// <param name="CallTimes">From a call's send to the first byte of its answer.</param>
public sealed record ApiCounts(
    string Api, CallOutcomes Calls, long CacheHits, long CacheMisses, long StaleServed, long Saved, IReadOnlyDictionary<RefusalKind, long> RefusedBy, DurationCounts CallTimes)
{
    /// <summary>The APIs asked since the start, in order of name.</summary>
    public static IReadOnlyList<ApiCounts> Of(IReadOnlyList<EndpointStats> stats, IReadOnlyList<EndpointCondition> conditions)
    {
        var outcomes = conditions.ToLookup(static condition => condition.Provider, StringComparer.OrdinalIgnoreCase);
        return [.. stats.GroupBy(static row => row.Endpoint[..row.Endpoint.IndexOf('.', StringComparison.Ordinal)], StringComparer.Ordinal).Select(rows => Of(rows.Key, [.. rows], outcomes[rows.Key]))];
    }

    private static ApiCounts Of(string api, List<EndpointStats> rows, IEnumerable<EndpointCondition> conditions) => new(
        api,
        conditions.Select(static condition => condition.Outcomes).Aggregate(default(CallOutcomes), static (sum, one) => new CallOutcomes(
            sum.Succeeded + one.Succeeded, sum.Failed + one.Failed, sum.Limited + one.Limited, Math.Max(sum.FailuresInRow, one.FailuresInRow))),
        rows.Sum(static row => row.FreshHits),
        rows.Sum(static row => row.Fetched + row.Joined),
        rows.Sum(static row => row.Stale),
        rows.Sum(static row => row.Saved),
        rows.SelectMany(static row => row.RefusedBy).GroupBy(static pair => pair.Key, static pair => pair.Value).ToDictionary(static kind => kind.Key, static kind => kind.Sum()),
        rows.Select(static row => row.CallTimes).Aggregate(DurationCounts.None, static (sum, one) => sum.Plus(one)));
}
