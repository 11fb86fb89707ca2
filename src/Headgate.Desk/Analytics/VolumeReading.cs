namespace Headgate.Desk.Analytics;

/// <summary>The volume of the latest interval beside those before it.</summary>
/// <param name="Current">Shares traded in the latest interval.</param>
/// <param name="Average">Mean of the earlier ones, the latest not among them; null while there are too few.</param>
public sealed record VolumeReading(long Current, decimal? Average)
{
    /// <summary>Current ÷ average; null where there is no average, or nothing was traded in it.</summary>
    public decimal? Multiple => Average is > 0 and { } average ? Current / average : null;

    /// <param name="volumes">Interval volumes of one day, latest first.</param>
    /// <param name="historyMin">Earlier intervals needed for a mean.</param>
    /// <param name="historyMax">Earlier intervals looked at.</param>
    /// <returns>Null where not even the latest interval is known.</returns>
    public static VolumeReading? Of(IReadOnlyList<long> volumes, int historyMin, int historyMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(historyMin, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(historyMax, historyMin);
        if (volumes.Count == 0)
        {
            return null;
        }

        var history = Math.Min(volumes.Count - 1, historyMax);
        return new VolumeReading(volumes[0], history >= historyMin ? volumes.Skip(1).Take(history).Sum(static volume => (decimal)volume) / history : null);
    }
}
