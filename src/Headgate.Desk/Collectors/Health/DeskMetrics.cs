using Headgate.Reports;

namespace Headgate.Desk.Collectors.Health;

/// <summary>The metric names of the replaced system's monitor, for its dashboards, beside the gate's own. The label <c>api</c> is the provider's name.</summary>
/// <param name="health">What is told.</param>
public sealed class DeskMetrics(DeskHealth health) : IMetricSource
{
    private const decimal TicksPerSecond = TimeSpan.TicksPerSecond;

    public void Write(MetricText text)
    {
        var report = health.Report();
        text.Histogram("phase_duration_seconds", "How long phases of the desk's cycles take.", "phase", health.Phases.All());
        Family(text, report, "api_calls_total", "Calls that have ended.", "counter", static api => api.Counts.Calls.Made);
        Family(text, report, "api_rate_limit_hits_total", "Calls the upstream answered with a limit error, by status or by body.", "counter", static api => api.Counts.Calls.Limited);
        Family(text, report, "api_budget_remaining", "Permits left of the day's budget, in the scope that has fewest.", "gauge", static api => api.DailyRemaining);
        Score(text, report);
        Family(text, report, "api_cache_hits_total", "Items answered fresh without a call.", "counter", static api => api.Counts.CacheHits);
        Family(text, report, "api_cache_misses_total", "Items that a call was needed for.", "counter", static api => api.Counts.CacheMisses);
        Family(text, report, "api_stale_served_total", "Items answered stale, saying so; no hits.", "counter", static api => api.Counts.StaleServed);
        Refused(text, report);
        Family(text, report, "api_backoff_seconds", "How long the longest closure of a limit still lasts.", "gauge", static api => api.Backoff.Ticks / TicksPerSecond);
        text.Histogram("api_request_seconds", "From a call's send to the first byte of its answer.", "api", report.Apis.Select(static api => (api.Counts.Api, api.Counts.CallTimes)));
    }

    private static void Family(MetricText text, HealthReport report, string name, string help, string type, Func<ApiHealth, decimal?> value)
    {
        text.Head(name, help, type);
        foreach (var api in report.Apis)
        {
            if (value(api) is { } told)
            {
                text.Sample(name, told, ("api", api.Counts.Api));
            }
        }
    }

    // What is unknown has no sample: a number would be invented.
    private static void Score(MetricText text, HealthReport report)
    {
        text.Head("system_health_score", "Share of calls that succeeded less the share that met a limit, over the window and all APIs.", "gauge");
        if (report.Score is { } score)
        {
            text.Sample("system_health_score", score);
        }
    }

    private static void Refused(MetricText text, HealthReport report)
    {
        text.Head("api_refused_total", "Asks the gate refused, by why.", "counter");
        foreach (var reason in report.Apis.SelectMany(static api => api.Counts.RefusedBy).GroupBy(static pair => RefusalWords.Of(pair.Key), static pair => pair.Value, StringComparer.Ordinal).OrderBy(static reason => reason.Key, StringComparer.Ordinal))
        {
            text.Sample("api_refused_total", reason.Sum(), ("reason", reason.Key));
        }
    }
}
