namespace Headgate.Reports;

/// <summary>A count that many threads add to at once: each adds to a cache line of its own, or shares one with few. Thread-safe.</summary>
internal sealed class StripedCount
{
    private const int Stripes = 8;
    private const int LongsPerLine = 16;

    // One line more, so that the first stripe shares none with the array's length.
    private readonly long[] _counts = new long[(Stripes + 1) * LongsPerLine];

    public void Increment() => Interlocked.Increment(ref _counts[((Environment.CurrentManagedThreadId & (Stripes - 1)) + 1) * LongsPerLine]);

    public long Sum()
    {
        var sum = 0L;
        for (var i = 1; i <= Stripes; i++)
        {
            sum += Volatile.Read(ref _counts[i * LongsPerLine]);
        }

        return sum;
    }
}
