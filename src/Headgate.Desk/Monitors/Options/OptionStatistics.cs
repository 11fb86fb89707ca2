using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;

namespace Headgate.Desk.Monitors.Options;

/// <summary>Figures the analyser makes of bars. Pure. "Completed" bars are those of sessions before today; today's is made of the quote.</summary>
internal static class OptionStatistics
{
    /// <summary>The index less its close so many sessions back; the oldest where there are fewer; 0 without any.</summary>
    public static double Trend(decimal now, IReadOnlyList<KiteBar> completed, int sessions) =>
        completed.Count == 0 ? 0 : (double)(now - completed[Math.Max(0, completed.Count - sessions)].Close);

    /// <summary>Share of closes below the present value, in percent (a percentile, though its name is rank); 50 with too few.</summary>
    public static double Rank(decimal now, IReadOnlyList<KiteBar> completed, int barsMin) =>
        completed.Count < barsMin ? 50 : 100.0 * completed.Count(bar => bar.Close < now) / completed.Count;

    /// <summary>Where the present value lies between the least and the greatest close, 0 to 100; null with too few.</summary>
    public static double? TrueRank(decimal now, IReadOnlyList<KiteBar> completed, int barsMin)
    {
        if (completed.Count < barsMin)
        {
            return null;
        }

        var (least, greatest) = (completed.Min(static bar => bar.Close), completed.Max(static bar => bar.Close));
        return greatest == least ? null : Math.Clamp((double)((now - least) / (greatest - least) * 100), 0, 100);
    }

    /// <summary>Mean absolute daily return of the last bars, in percent; null with fewer than two.</summary>
    public static double? MeanReturn(IReadOnlyList<KiteBar> bars, int count)
    {
        var last = bars.Skip(Math.Max(0, bars.Count - count)).ToList();
        return last.Count < 2 ? null : last.Zip(last.Skip(1), static (then, now) => (double)Math.Abs((now.Close - then.Close) / then.Close * 100)).Average();
    }

    /// <summary>Mean daily range of the last bars, in percent of the close; null without any.</summary>
    public static double? MeanRange(IReadOnlyList<KiteBar> bars, int count)
    {
        var last = bars.Skip(Math.Max(0, bars.Count - count)).ToList();
        return last.Count == 0 ? null : last.Average(static bar => (double)((bar.High - bar.Low) / bar.Close * 100));
    }

    /// <summary>Mean range of the last trading days by their intraday bars, in percent of the day's first open; null without any.</summary>
    public static double? IntradayRange(IReadOnlyList<KiteBar> bars, int days)
    {
        var byDay = bars.GroupBy(static bar => Ist.DayOf(bar.Start)).OrderBy(static day => day.Key).TakeLast(days).ToList();
        return byDay.Count == 0
            ? null
            : byDay.Average(static day => (double)((day.Max(static bar => bar.High) - day.Min(static bar => bar.Low)) / day.MinBy(static bar => bar.Start)!.Open * 100));
    }

    /// <summary><c>BULLISH</c>, <c>BEARISH</c> or <c>NEUTRAL</c>: the last close against the mean of the last ones; neutral with too few.</summary>
    public static string Regime(IReadOnlyList<KiteBar> bars, VetoSettings settings)
    {
        // Seventy calendar days hold fewer than fifty sessions around long breaks; four fifths of them still make a mean.
        if (bars.Count < settings.RegimeBars * 4 / 5)
        {
            return Regimes.Neutral;
        }

        var mean = bars.TakeLast(settings.RegimeBars).Average(static bar => bar.Close);
        var distance = (double)((bars[^1].Close - mean) / mean * 100);
        return distance > settings.RegimePercent ? Regimes.Bullish : distance < -settings.RegimePercent ? Regimes.Bearish : Regimes.Neutral;
    }
}
