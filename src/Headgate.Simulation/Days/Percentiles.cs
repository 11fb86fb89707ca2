namespace Headgate.Simulation;

/// <summary>How durations are spread, in seconds to the millisecond; zeros when there are none. Each is one that occurred (nearest rank).</summary>
/// <param name="P50">Half are at most this long.</param>
/// <param name="P90">Nine in ten are at most this long.</param>
/// <param name="P99">All but one in a hundred are at most this long.</param>
/// <param name="Max">The longest.</param>
public sealed record Percentiles(decimal P50, decimal P90, decimal P99, decimal Max)
{
    public static Percentiles None { get; } = new(0, 0, 0, 0);

    public static Percentiles Of(List<long> ticks)
    {
        if (ticks.Count == 0)
        {
            return None;
        }

        ticks.Sort();
        return new Percentiles(At(ticks, 50), At(ticks, 90), At(ticks, 99), At(ticks, 100));
    }

    private static decimal At(List<long> sorted, int percent)
    {
        var rank = ((sorted.Count * (long)percent) + 99) / 100;
        return decimal.Round(sorted[(int)Math.Max(0, rank - 1)] / (decimal)TimeSpan.TicksPerSecond, 3);
    }
}
