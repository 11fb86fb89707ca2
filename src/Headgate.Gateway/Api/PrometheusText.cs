using Headgate.Reports;

namespace Headgate.Gateway.Api;

/// <summary><c>/metrics</c> in Prometheus' text format 0.0.4.</summary>
/// <remarks>
/// Labels are bounded by the catalogue: endpoint, provider and limit ids. Scope values (hashes of credentials, accounts) and client names are no labels: a
/// limit's live states are summed over them.
/// </remarks>
internal static class PrometheusText
{
    public static void Write(
        MetricText text, IReadOnlyList<EndpointStats> stats, IReadOnlyList<BudgetStatus> budgets, EngineTime now, (int Count, long Bytes) memory, bool isLedgerWritable, bool isStoreWritable)
    {
        Counter(text, stats, "headgate_demands_total", "Client requests.", row => row.Demands);
        Counter(text, stats, "headgate_items_total", "Items asked for.", row => row.Items);
        Counter(text, stats, "headgate_fresh_hits_total", "Items answered fresh from entries.", row => row.FreshHits);
        Counter(text, stats, "headgate_joined_total", "Items that joined a flight of another demand.", row => row.Joined);
        Counter(text, stats, "headgate_fetched_total", "Items whose flight the demand itself started.", row => row.Fetched);
        Counter(text, stats, "headgate_stale_total", "Items answered stale; never counted as hits.", row => row.Stale);
        Counter(text, stats, "headgate_refused_total", "Demands the gate refused.", row => row.Refused);
        Counter(text, stats, "headgate_upstream_calls_total", "Calls sent upstream.", row => row.Calls);
        Counter(text, stats, "headgate_direct_calls_total", "Calls the clients would have made themselves.", row => row.Direct);
        Counter(text, stats, "headgate_credits_total", "Credits spent upstream; one a call where the definition states none.", row => row.Credits);
        Counter(text, stats, "headgate_upstream_errors_total", "Calls that did not end in success.", row => row.UpstreamErrors);
        Counter(text, stats, "headgate_upstream_limited_total", "Calls the upstream answered with a limit error; must stay 0.", row => row.LimitedByUpstream);
        Counter(text, stats, "headgate_shadow_hits_total", "In shadow mode: items that would have been answered from what is held.", row => row.ShadowHits);
        text.Head("headgate_oldest_served_seconds", "Largest age served as success.", "gauge");
        foreach (var row in stats)
        {
            text.Sample("headgate_oldest_served_seconds", (decimal)row.OldestServed.Ticks / TimeSpan.TicksPerSecond, ("endpoint", row.Endpoint));
        }

        WriteBudgets(text, budgets, now);
        Single(text, "headgate_memory_entries", "Entries in memory.", memory.Count);
        Single(text, "headgate_memory_bytes", "Bytes charged for entries in memory.", memory.Bytes);
        Single(text, "headgate_ledger_writable", "1 while calls can be accounted for; while 0 nothing is sent.", isLedgerWritable ? 1 : 0);
        Single(text, "headgate_entry_store_writable", "1 while entries can be made durable.", isStoreWritable ? 1 : 0);
    }

    private static void WriteBudgets(MetricText text, IReadOnlyList<BudgetStatus> budgets, EngineTime now)
    {
        var limits = budgets.GroupBy(budget => (budget.Provider, budget.Limit)).OrderBy(limit => limit.Key.Limit, StringComparer.Ordinal).ToList();
        Gauge("headgate_limit_permits", "Permits per window of the limit's rule.", limit => limit.First().Permits);
        Gauge("headgate_limit_used", "Permits spent or held now, summed over scopes.", limit => limit.Sum(budget => budget.Used));
        Gauge("headgate_limit_remaining", "Permits free now in the scope that has fewest.", limit => limit.Min(budget => budget.Remaining));
        Gauge("headgate_limit_closed", "Scopes that are closed now.", limit => limit.Count(budget => budget.ClosedUntil > now));
        Gauge("headgate_limit_waiting", "Items waiting for the limit, summed over scopes.", limit => limit.Sum(budget => (long)budget.Waiting));
        Gauge("headgate_limit_scopes", "Scope values the limit has been touched under.", limit => limit.Count());

        void Gauge(string name, string help, Func<IGrouping<(string Provider, string Limit), BudgetStatus>, decimal> value)
        {
            text.Head(name, help, "gauge");
            foreach (var limit in limits)
            {
                text.Sample(name, value(limit), ("provider", limit.Key.Provider), ("limit", limit.Key.Limit));
            }
        }
    }

    private static void Counter(MetricText text, IReadOnlyList<EndpointStats> stats, string name, string help, Func<EndpointStats, long> value)
    {
        text.Head(name, help, "counter");
        foreach (var row in stats)
        {
            text.Sample(name, value(row), ("endpoint", row.Endpoint));
        }
    }

    private static void Single(MetricText text, string name, string help, long value)
    {
        text.Head(name, help, "gauge");
        text.Sample(name, value);
    }
}
