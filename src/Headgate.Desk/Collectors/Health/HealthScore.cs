using Headgate.Reports;

namespace Headgate.Desk.Collectors.Health;

/// <summary>The share of calls that succeeded, less the share that met a limit, which weighs half at most.</summary>
internal static class HealthScore
{
    private const decimal PenaltyMax = 0.5m;

    /// <summary>Of nothing: without calls nothing is ill.</summary>
    public const decimal Idle = 1m;

    /// <returns>0 to 1; null where nothing was asked.</returns>
    public static decimal? Of(in CallOutcomes calls)
    {
        if (calls.Made == 0)
        {
            return null;
        }

        var made = (decimal)calls.Made;
        return Math.Max(0, (calls.Succeeded / made) - Math.Min(calls.Limited / made, PenaltyMax));
    }
}
