using Headgate.Desk.Monitors.Market;

namespace Headgate.Desk.Analytics;

/// <summary>Average true range (Wilder, 1978).</summary>
public static class AverageTrueRange
{
    /// <summary>The greatest of high − low, |high − previous close| and |low − previous close|.</summary>
    public static decimal TrueRange(KiteBar bar, decimal previousClose) =>
        Math.Max(bar.High - bar.Low, Math.Max(Math.Abs(bar.High - previousClose), Math.Abs(bar.Low - previousClose)));

    /// <summary>
    /// ATR(n) at the last bar: Wilder's smoothing, seeded with the mean of the first n true ranges. The first bar has none, so n + 1 bars are needed;
    /// null with fewer.
    /// </summary>
    /// <param name="bars">Completed bars, oldest first.</param>
    /// <param name="period">1 or more.</param>
    public static decimal? Of(IReadOnlyList<KiteBar> bars, int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        if (bars.Count < period + 1)
        {
            return null;
        }

        decimal average = 0;
        for (var i = 1; i < bars.Count; i++)
        {
            var range = TrueRange(bars[i], bars[i - 1].Close);
            average = i <= period ? average + (range / period) : ((average * (period - 1)) + range) / period;
        }

        return average;
    }
}
