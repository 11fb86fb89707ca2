using Headgate.Desk.Collectors.Health;
using Headgate.Desk.Collectors.Readings;

namespace Headgate.Desk.Collectors.Api;

/// <summary>States and spans as the API writes them.</summary>
internal static class Words
{
    public static string Of(ReadingState state) => state switch
    {
        ReadingState.Fresh => "fresh",
        ReadingState.Stale => "stale",
        _ => "unavailable",
    };

    public static string Of(ApiState state) => state switch
    {
        ApiState.Healthy => "healthy",
        ApiState.RateLimited => "rate_limited",
        ApiState.BudgetExhausted => "budget_exhausted",
        _ => "error",
    };

    public static string Of(HostState state) => state switch
    {
        HostState.Healthy => "healthy",
        HostState.Warning => "warning",
        HostState.Critical => "critical",
        _ => "unknown",
    };

    /// <summary>Seconds with three places.</summary>
    public static decimal? Seconds(TimeSpan? span) => span is { } known ? decimal.Round(known.Ticks / (decimal)TimeSpan.TicksPerSecond, 3) : null;
}
