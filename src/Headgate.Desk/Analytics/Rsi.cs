namespace Headgate.Desk.Analytics;

/// <summary>Relative strength index (Wilder, New Concepts in Technical Trading Systems, 1978): 100 − 100 / (1 + mean gain / mean loss), smoothed his way.</summary>
public static class Rsi
{
    /// <summary>The index at each close; null for the first <paramref name="period"/>, which seed the means.</summary>
    /// <param name="closes">Oldest first.</param>
    /// <param name="period">1 or more.</param>
    public static IReadOnlyList<decimal?> Series(IReadOnlyList<decimal> closes, int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        var series = new decimal?[closes.Count];
        decimal gain = 0, loss = 0;
        for (var i = 1; i < closes.Count; i++)
        {
            var change = closes[i] - closes[i - 1];
            var (up, down) = (Math.Max(change, 0), Math.Max(-change, 0));
            if (i <= period)
            {
                gain += up / period;
                loss += down / period;
            }
            else
            {
                gain = ((gain * (period - 1)) + up) / period;
                loss = ((loss * (period - 1)) + down) / period;
            }

            if (i >= period)
            {
                series[i] = loss == 0 ? (gain == 0 ? 50 : 100) : 100 - (100 / (1 + (gain / loss)));
            }
        }

        return series;
    }
}
