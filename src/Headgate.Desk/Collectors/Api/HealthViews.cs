using Headgate.Desk.Collectors.Health;

namespace Headgate.Desk.Collectors.Api;

/// <summary>Usage of one API, in the fields the replaced system's statistics had and some more. Spans in seconds, instants in UTC.</summary>
internal sealed record ApiHealthView(
    string ApiName,
    long RequestsMade,
    long RequestsSuccessful,
    long RequestsFailed,
    long RateLimitHits,
    long? DailyRequests,
    int ConsecutiveFailures,
    decimal CurrentBackoff,
    string Status,
    DateTime? StatusUntil,
    string? StatusLimit,
    int? StatusKeysHeld,
    int? StatusKeys,
    decimal? QpsLimit,
    long? DailyLimit,
    long? DailyRemaining,
    DateTime? ResetTime,
    decimal SuccessRate,
    decimal? HealthScore,
    long CacheHits,
    long CacheMisses,
    long StaleServed,
    IReadOnlyDictionary<string, long> Refused,
    decimal? LatencyP50,
    decimal? LatencyP95,
    long CallsSaved)
{
    public static ApiHealthView Of(ApiHealth api, Func<EngineTime, DateTimeOffset> wall)
    {
        var counts = api.Counts;
        return new ApiHealthView(
            counts.Api,
            counts.Calls.Made,
            counts.Calls.Succeeded,
            counts.Calls.Failed + counts.Calls.Limited,
            counts.Calls.Limited,
            api.DailyUsed,
            counts.Calls.FailuresInRow,
            Words.Seconds(api.Backoff)!.Value,
            Words.Of(api.Status.State),
            api.Status.Until is { } until && until != EngineTime.Never ? wall(until).UtcDateTime : null,
            api.Status.Limit,
            api.Status.Limit is null ? null : api.Status.Held,
            api.Status.Limit is null ? null : api.Status.Scopes,
            api.QpsLimit,
            api.DailyLimit,
            api.DailyRemaining,
            api.ResetAt?.UtcDateTime,
            decimal.Round(counts.Calls.Succeeded / (decimal)Math.Max(counts.Calls.Made, 1), 4),
            api.Score is { } score ? decimal.Round(score, 4) : null,
            counts.CacheHits,
            counts.CacheMisses,
            counts.StaleServed,
            counts.RefusedBy.ToDictionary(static pair => RefusalWords.Of(pair.Key), static pair => pair.Value, StringComparer.Ordinal),
            Words.Seconds(counts.CallTimes.Within(0.5m)),
            Words.Seconds(counts.CallTimes.Within(0.95m)),
            counts.Saved);
    }
}

/// <summary>The machine; shares in percent, null where unknown.</summary>
internal sealed record HostHealthView(string Status, decimal? Cpu, decimal? Memory, decimal? Disk)
{
    public static HostHealthView Of(HostLoad host) => new(Words.Of(host.State), host.Cpu, host.Memory, host.Disk);
}

/// <summary>Health of the upstreams and of the machine.</summary>
/// <param name="Score">0 to 1 over all APIs; null where it is unknown.</param>
/// <param name="Status">known, or unknown.</param>
/// <param name="WindowSeconds">Over how long scores are taken.</param>
/// <param name="Apis">By API.</param>
/// <param name="Host">The machine.</param>
internal sealed record HealthView(decimal? Score, string Status, decimal WindowSeconds, IReadOnlyList<ApiHealthView> Apis, HostHealthView Host)
{
    public static HealthView Of(HealthReport report, Func<EngineTime, DateTimeOffset> wall) => new(
        report.Score is { } score ? decimal.Round(score, 4) : null,
        report.Score is null ? "unknown" : "known",
        Words.Seconds(report.Window)!.Value,
        [.. report.Apis.Select(api => ApiHealthView.Of(api, wall))],
        HostHealthView.Of(report.Host));
}
