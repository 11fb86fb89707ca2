namespace Headgate.Simulation;

/// <summary>How much later the gate's decisions come than the ideal ones, in seconds; the same latency of the upstream is in both.</summary>
/// <param name="P50">Half are at most this late.</param>
/// <param name="P95">Nineteen in twenty.</param>
/// <param name="Max">The latest.</param>
public sealed record AlertLag(decimal P50, decimal P95, decimal Max)
{
    internal static AlertLag Of(List<long> ticks)
    {
        ticks.Sort();
        return ticks.Count == 0 ? new AlertLag(0, 0, 0) : new AlertLag(At(ticks, 50), At(ticks, 95), At(ticks, 100));
    }

    private static decimal At(List<long> sorted, int percent) =>
        decimal.Round(sorted[(int)Math.Max(0, (((sorted.Count * (long)percent) + 99) / 100) - 1)] / (decimal)TimeSpan.TicksPerSecond, 3);
}
