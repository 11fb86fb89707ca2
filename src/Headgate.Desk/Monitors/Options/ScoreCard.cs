using Headgate.Desk.Analytics;

namespace Headgate.Desk.Monitors.Options;

/// <summary>The six scores of a strategy, 0 to 100 each, and their weighted sum.</summary>
public sealed record ScoreCard(double Theta, double Gamma, double Vega, double Vix, double Regime, double Oi, double Total)
{
    /// <param name="greeks">Of call and put together.</param>
    /// <param name="vix">The volatility index.</param>
    /// <param name="vixTrend">Its change over three sessions.</param>
    /// <param name="ivRank">Its rank in the year, 0 to 100.</param>
    /// <param name="regime">One of <see cref="Regimes"/>.</param>
    /// <param name="oiPattern">One of <see cref="OiPattern"/>, or anything else for unknown.</param>
    /// <param name="settings">Weights and steps.</param>
    public static ScoreCard Of(Greeks greeks, double vix, double vixTrend, double ivRank, string regime, string oiPattern, ScoreSettings settings)
    {
        var theta = Math.Min(100, settings.ThetaPoints * Math.Abs(greeks.Theta));
        var gamma = greeks.Gamma == 0 ? settings.GammaUnknown : Math.Max(0, 100 - (settings.GammaPoints * greeks.Gamma));
        var vega = VegaScore(Math.Abs(greeks.Vega), vixTrend, settings);
        var byVix = VixScore(vix, vixTrend, ivRank, settings);
        var byRegime = regime switch
        {
            Regimes.Neutral => settings.RegimeNeutral,
            Regimes.Bullish or Regimes.Bearish => settings.RegimeTrending,
            _ => settings.RegimeUnknown,
        };
        var oi = oiPattern switch
        {
            OiPattern.LongBuildup or OiPattern.ShortBuildup => settings.OiBuildup,
            OiPattern.ShortCovering or OiPattern.LongUnwinding => settings.OiClosing,
            _ => settings.OiOther,
        };
        return new ScoreCard(
            theta, gamma, vega, byVix, byRegime, oi,
            (theta * settings.ThetaWeight) + (gamma * settings.GammaWeight) + (vega * settings.VegaWeight) + (byVix * settings.VixWeight)
            + (byRegime * settings.RegimeWeight) + (oi * settings.OiWeight));
    }

    private static double VegaScore(double vega, double trend, ScoreSettings settings)
    {
        var score = Step(vega, settings.VegaSteps, settings.VegaLast);
        if (trend > settings.VixTrend)
        {
            score -= Math.Min(settings.VegaRisingMax, vega / settings.VegaHigh * trend * settings.VegaRising);
        }
        else if (trend < -settings.VixTrend)
        {
            score += Math.Min(settings.VegaFallingMax, vega / settings.VegaHigh * -trend * settings.VegaFalling);
        }

        return Math.Clamp(score, 0, 100);
    }

    private static double VixScore(double vix, double trend, double rank, ScoreSettings settings)
    {
        var score = Step(vix, settings.VixSteps, settings.VixLast);
        if (trend > settings.VixTrend)
        {
            score -= Math.Min(settings.VixRisingMax, settings.VixTrendPoints * trend);
        }
        else if (trend < -settings.VixTrend)
        {
            score += Math.Min(settings.VixFallingMax, settings.VixTrendPoints * -trend);
        }

        score = Math.Clamp(score, 0, 100);
        score += rank > settings.RichRank ? settings.RichPoints : rank < settings.CheapRank ? -settings.CheapPoints : 0;
        return Math.Clamp(score, 0, 100);
    }

    private static double Step(double value, IReadOnlyList<ScoreStep> steps, double last)
    {
        foreach (var step in steps)
        {
            if (value < step.Below)
            {
                return step.Points;
            }
        }

        return last;
    }
}
