namespace Headgate.Desk.Monitors.Options;

/// <summary>European options on an underlying without dividends (Black and Scholes, 1973). Pure.</summary>
/// <param name="IsCall">Call or put.</param>
/// <param name="Spot">Price of the underlying, above 0.</param>
/// <param name="Strike">Strike, above 0.</param>
/// <param name="Years">Time left in years, above 0.</param>
/// <param name="Rate">Interest per year, continuously compounded, 0.07 for 7 %.</param>
public readonly record struct BlackScholes(bool IsCall, double Spot, double Strike, double Years, double Rate)
{
    /// <summary>Least volatility an inversion answers with: 1 %.</summary>
    public const double VolatilityMin = 0.01;

    /// <summary>Greatest volatility an inversion answers with: 300 %.</summary>
    public const double VolatilityMax = 3;

    private const double DaysPerYear = 365;

    private double Discount => Math.Exp(-Rate * Years);

    /// <summary>The price at a volatility (0.2 for 20 % a year).</summary>
    public double Price(double volatility)
    {
        var (d1, d2) = Distances(volatility);
        return IsCall
            ? (Spot * NormalDistribution.Cumulative(d1)) - (Strike * Discount * NormalDistribution.Cumulative(d2))
            : (Strike * Discount * NormalDistribution.Cumulative(-d2)) - (Spot * NormalDistribution.Cumulative(-d1));
    }

    /// <summary>The sensitivities at a volatility.</summary>
    public Greeks Greeks(double volatility)
    {
        var (d1, d2) = Distances(volatility);
        var density = NormalDistribution.Density(d1);
        var decay = -Spot * density * volatility / (2 * Math.Sqrt(Years));
        var carry = Rate * Strike * Discount;
        return new Greeks(
            IsCall ? NormalDistribution.Cumulative(d1) : NormalDistribution.Cumulative(d1) - 1,
            (IsCall ? decay - (carry * NormalDistribution.Cumulative(d2)) : decay + (carry * NormalDistribution.Cumulative(-d2))) / DaysPerYear,
            density / (Spot * volatility * Math.Sqrt(Years)),
            Spot * density * Math.Sqrt(Years) / 100);
    }

    /// <summary>
    /// The volatility at which the price is this, within 1 % to 300 %: a premium that no volatility explains (below intrinsic value, or absurd) gets the nearer
    /// end. Null for a premium that is not above 0.
    /// </summary>
    public double? ImpliedVolatility(double premium)
    {
        if (!(premium > 0))
        {
            return null;
        }

        // The price grows with volatility, so halving always closes in; a fixed number of steps reaches the precision of a double.
        var (low, high) = (VolatilityMin, VolatilityMax);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            if (Price(middle) < premium)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low + high) / 2;
    }

    private (double D1, double D2) Distances(double volatility)
    {
        var spread = volatility * Math.Sqrt(Years);
        var d1 = (Math.Log(Spot / Strike) + ((Rate + (volatility * volatility / 2)) * Years)) / spread;
        return (d1, d1 - spread);
    }
}
