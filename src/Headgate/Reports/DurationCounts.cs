namespace Headgate.Reports;

/// <summary>How many durations were how long.</summary>
/// <param name="Counts">One for each of <see cref="Bounds"/> and one for what was longer; each counts what the smaller ones do not.</param>
/// <param name="Sum">All durations together.</param>
public sealed record DurationCounts(IReadOnlyList<long> Counts, TimeSpan Sum)
{
    /// <summary>Upper bounds, inclusive: from an answer of the same machine (5 ms) to the longest deadline of the shipped definitions (30 s).</summary>
    public static IReadOnlyList<TimeSpan> Bounds { get; } =
        [.. new[] { 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000 }.Select(static milliseconds => TimeSpan.FromMilliseconds(milliseconds))];

    /// <summary>Nothing counted.</summary>
    public static DurationCounts None { get; } = new(new long[Bounds.Count + 1], TimeSpan.Zero);

    /// <summary>How many there are.</summary>
    public long Count => Counts.Sum();

    /// <summary>Both together.</summary>
    public DurationCounts Plus(DurationCounts other) => new([.. Counts.Zip(other.Counts, static (mine, others) => mine + others)], Sum + other.Sum);

    /// <summary>The smallest bound that this share (0 to 1) of all durations keeps; null without any, or where it lies beyond the last bound.</summary>
    public TimeSpan? Within(decimal share)
    {
        var wanted = (long)decimal.Ceiling(Count * share);
        var seen = 0L;
        for (var i = 0; i < Bounds.Count && wanted > 0; i++)
        {
            seen += Counts[i];
            if (seen >= wanted)
            {
                return Bounds[i];
            }
        }

        return null;
    }
}
