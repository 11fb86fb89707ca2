namespace Headgate.Reports;

/// <summary>Durations counted by size. Thread-safe; adding allocates nothing.</summary>
public sealed class DurationHistogram
{
    private readonly long[] _counts = new long[DurationCounts.Bounds.Count + 1];
    private long _ticks;

    /// <summary>Counts one duration; a negative one counts as none at all.</summary>
    public void Add(TimeSpan duration)
    {
        var ticks = Math.Max(0, duration.Ticks);
        var bucket = 0;
        while (bucket < DurationCounts.Bounds.Count && ticks > DurationCounts.Bounds[bucket].Ticks)
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _ticks, ticks);
    }

    /// <summary>A copy; what is added meanwhile may be in the sum and not yet in a count, or the other way round.</summary>
    public DurationCounts ToCounts()
    {
        var counts = new long[_counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = Volatile.Read(ref _counts[i]);
        }

        return new DurationCounts(counts, new TimeSpan(Volatile.Read(ref _ticks)));
    }
}
