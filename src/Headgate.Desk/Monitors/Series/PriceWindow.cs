using Headgate.Desk.Monitors.Hosting;

namespace Headgate.Desk.Monitors.Series;

/// <summary>How long ago a price must be to be compared with: the target, and how far from it is still right. Bounds are inclusive.</summary>
/// <param name="Target">The age meant.</param>
/// <param name="Min">The youngest taken.</param>
/// <param name="Max">The oldest taken.</param>
public sealed record PriceWindow(TimeSpan Target, TimeSpan Min, TimeSpan Max)
{
    /// <summary>A minute ago: 30 to 120 seconds.</summary>
    public static readonly PriceWindow OneMinute = new(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(120));

    /// <summary>Five minutes ago: 3 to 7.</summary>
    public static readonly PriceWindow FiveMinutes = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(7));

    /// <summary>Ten minutes ago: 8 to 12.</summary>
    public static readonly PriceWindow TenMinutes = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(12));

    /// <summary>Thirty minutes ago: 25 to 35.</summary>
    public static readonly PriceWindow ThirtyMinutes = new(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(35));

    /// <summary>The sample whose age is nearest the target, of the same Indian date; the younger of two equally near. Null when none is inside the bounds.</summary>
    /// <param name="samples">Oldest first.</param>
    /// <param name="now">The moment ages count from.</param>
    public PriceSample? Pick(IReadOnlyList<PriceSample> samples, DateTimeOffset now)
    {
        PriceSample? picked = null;
        var day = Ist.DayOf(now);
        for (var i = samples.Count - 1; i >= 0; i--)
        {
            var sample = samples[i];
            var age = now - sample.At;
            if (age > Max || Ist.DayOf(sample.At) != day)
            {
                break;
            }

            if (age >= Min && (picked is not { } nearer || (age - Target).Duration() < (now - nearer.At - Target).Duration()))
            {
                picked = sample;
            }
        }

        return picked;
    }

    /// <summary>
    /// Volumes of the intervals up to now, latest first: each from one picked sample to the next. Ends where a sample is missing, or where the day's volume
    /// went backwards, which is a fault of the source.
    /// </summary>
    /// <param name="samples">Oldest first.</param>
    /// <param name="now">The sample the latest interval ends with.</param>
    /// <param name="count">Intervals at most.</param>
    public IReadOnlyList<long> Volumes(IReadOnlyList<PriceSample> samples, PriceSample now, int count)
    {
        List<long> volumes = [];
        for (var end = now; volumes.Count < count && Pick(samples, end.At) is { } begin && begin.Volume <= end.Volume; end = begin)
        {
            volumes.Add(end.Volume - begin.Volume);
        }

        return volumes;
    }
}
