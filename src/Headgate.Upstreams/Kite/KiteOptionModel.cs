using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>Premiums of index options by Black and Scholes (1973) on the volatility index, so that inverting a premium gives that volatility back.</summary>
internal static class KiteOptionModel
{
    // Indian treasury bills of the years 2024 to 2026 yield about this.
    public const double Rate = 0.065;

    private const decimal Tick = 0.05m;

    // Below this a day's expiry would be a step; a few hours' worth keeps prices finite and smooth.
    private const double YearsMin = 0.001;

    private const double DaysOfYear = 365;

    /// <summary>The premium to the tick, at least one tick.</summary>
    /// <param name="isCall">Call or put.</param>
    /// <param name="spot">The underlying.</param>
    /// <param name="strike">The strike.</param>
    /// <param name="days">Calendar days left, 0 or more.</param>
    /// <param name="volatility">Volatility index in points (13 is 13 % a year).</param>
    public static decimal Premium(bool isCall, decimal spot, decimal strike, int days, decimal volatility)
    {
        var years = Math.Max(days / DaysOfYear, YearsMin);
        var sigma = (double)volatility / 100;
        var (s, k) = ((double)spot, (double)strike);
        var deviation = sigma * Math.Sqrt(years);
        var d1 = (Math.Log(s / k) + ((Rate + (sigma * sigma / 2)) * years)) / deviation;
        var d2 = d1 - deviation;
        var discounted = k * Math.Exp(-Rate * years);
        var premium = isCall ? (s * Normal(d1)) - (discounted * Normal(d2)) : (discounted * Normal(-d2)) - (s * Normal(-d1));
        return Math.Max(Tick, TapePrice.ToTick((decimal)Math.Max(0, premium), Tick));
    }

    // Abramowitz and Stegun 26.2.17; its error of 7.5e-8 is far below a tick.
    private static double Normal(double x)
    {
        if (x < 0)
        {
            return 1 - Normal(-x);
        }

        var t = 1 / (1 + (0.2316419 * x));
        var series = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return 1 - (Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * series);
    }
}
