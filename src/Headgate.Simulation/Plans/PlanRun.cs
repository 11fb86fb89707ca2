using Headgate.Catalogue;
using Headgate.Recording;
using Headgate.Reports;

namespace Headgate.Simulation;

/// <summary>Replays recorded demand against a catalogue in virtual time: calls, refusals, staleness and money.</summary>
/// <remarks>The upstream answers everything at once; only the catalogue's limits hold the gate back. Providers do not influence each other and are replayed one by one.</remarks>
public static class PlanRun
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    // Tried by Recommend, as far as they are within the bound, besides the bound itself.
    private static readonly int[] Seconds = [1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1800, 3600];

    /// <param name="name">What to call the catalogue in the report.</param>
    /// <param name="records">The demand, in order of time.</param>
    /// <param name="catalogue">Limits, freshness, batch sizes and prices to replay it against.</param>
    /// <param name="options">Network, engine, markets.</param>
    /// <param name="bound">Freshness of demands that state none; null leaves it to the catalogue.</param>
    /// <exception cref="CatalogueException">A record names a provider or endpoint the catalogue lacks.</exception>
    public static PlanReport Run(string name, IReadOnlyList<DemandRecord> records, CatalogueModel catalogue, DayOptions? options = null, TimeSpan? bound = null)
    {
        options ??= new DayOptions();
        var reports = new List<(ProviderModel Provider, GateReport Report, int Asks)>();
        foreach (var group in Located(records, catalogue).GroupBy(record => record.Provider).OrderBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            var scenario = new RecordedScenario(group.Key, [.. group.Select(record => record.At)], bound);
            var asks = scenario.Asks(options.Seed);
            reports.Add((group.Key, GateRun.Run(scenario, asks, new AskPlanner(group.Key, scenario), catalogue, options), asks.Count));
        }

        var span = records.Count == 0 ? TimeSpan.Zero : records[^1].Time - records[0].Time;
        var items = reports.Sum(report => report.Report.Items);
        return new PlanReport(
            name,
            reports.Sum(report => report.Asks),
            reports.Sum(report => report.Report.Calls),
            reports.Sum(report => report.Report.Answered),
            reports.Sum(report => report.Report.StaleServed),
            reports.Sum(report => report.Report.Refused),
            reports.Sum(report => report.Report.Failed),
            items == 0 ? 0 : decimal.Round(reports.Sum(report => report.Report.HitRate * report.Report.Items) / items, 4),
            Widest(reports.Select(report => report.Report.Age)),
            Widest(reports.Select(report => report.Report.StaleAge)),
            reports.SelectMany(report => report.Report.CallsByEndpoint.Select(calls => KeyValuePair.Create($"{report.Provider.Name}.{calls.Key}", calls.Value))).ToDictionary(StringComparer.Ordinal),
            [.. reports.SelectMany(report => ProviderCost.Of(catalogue, report.Report.Counted)).Select(cost => Cost(cost, span))]);
    }

    /// <summary>The freshness that makes the fewest calls without an answer older than the bound; where several do, the freshest.</summary>
    /// <param name="records">The demand; what states its own freshness keeps it.</param>
    /// <param name="catalogue">The catalogue it is replayed against.</param>
    /// <param name="staleness">How old answers may be, above zero.</param>
    /// <param name="options">Network, engine, markets.</param>
    /// <exception cref="CatalogueException">A record names a provider or endpoint the catalogue lacks.</exception>
    public static (TimeSpan Ttl, PlanReport Report) Recommend(IReadOnlyList<DemandRecord> records, CatalogueModel catalogue, TimeSpan staleness, DayOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(staleness, TimeSpan.Zero);
        return Seconds.Select(seconds => TimeSpan.FromSeconds(seconds)).Where(ttl => ttl < staleness).Append(staleness)
            .Select(ttl => (Ttl: ttl, Report: Run($"ttl {ttl.TotalSeconds:0.###} s", records, catalogue, options, ttl)))
            // An ask that got nothing, or something staler than asked, saves a call that should have been made.
            .OrderBy(tried => tried.Report.Refused + tried.Report.StaleServed)
            .ThenBy(tried => tried.Report.Calls)
            .ThenBy(tried => tried.Ttl)
            .First();
    }

    private static List<(ProviderModel Provider, DemandRecordAt At)> Located(IReadOnlyList<DemandRecord> records, CatalogueModel catalogue)
    {
        var located = new List<(ProviderModel, DemandRecordAt)>(records.Count);
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            var dot = record.Endpoint.IndexOf('.', StringComparison.Ordinal);
            var provider = dot < 0 ? null : catalogue.Find(record.Endpoint.AsSpan(0, dot));
            var endpoint = provider?.Endpoints.Append(provider.Passthrough).FirstOrDefault(endpoint => record.Endpoint.AsSpan(dot + 1).Equals(endpoint.Name, StringComparison.Ordinal));
            if (endpoint is not null && (record.Target is not null || BatchTargets.Knows(endpoint)))
            {
                located.Add((provider!, new DemandRecordAt(record, endpoint)));
            }
            else
            {
                unknown.Add(record.Endpoint);
            }
        }

        return unknown.Count == 0
            ? located
            : throw new CatalogueException([.. unknown.Select(endpoint => new CatalogueError("demand", 1, $"{endpoint} is no endpoint of the catalogue that these records can be replayed against"))]);
    }

    private static PlanCost Cost(ProviderCost cost, TimeSpan span)
    {
        var days = Math.Max(1, (long)Math.Ceiling(span.Ticks / (decimal)TimeSpan.TicksPerDay));
        return new PlanCost(cost.Provider, cost.Currency, cost.Cost, cost.Monthly, decimal.Round(cost.Monthly + (cost.Cost * (decimal)Month.TotalDays / days), 2)) { Credits = cost.Credits };
    }

    // Several providers: the worst of each, since what is a percentile of one is none of all.
    private static Percentiles Widest(IEnumerable<Percentiles> all) =>
        all.Aggregate(Percentiles.None, (worst, next) => new Percentiles(Math.Max(worst.P50, next.P50), Math.Max(worst.P90, next.P90), Math.Max(worst.P99, next.P99), Math.Max(worst.Max, next.Max)));
}
