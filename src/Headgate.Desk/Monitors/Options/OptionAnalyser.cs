using System.Globalization;
using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;

namespace Headgate.Desk.Monitors.Options;

/// <summary>Makes an analysis of its inputs. Pure.</summary>
public static class OptionAnalyser
{
    /// <summary>The analysis, or null when no strategy of any expiry has usable premiums.</summary>
    /// <param name="inputs">What was read.</param>
    /// <param name="regime">One of <see cref="Regimes"/>, computed or kept.</param>
    /// <param name="firstOi">The day's first open interest of the future, or 0.</param>
    /// <param name="settings">All thresholds.</param>
    public static OptionAnalysis? Analyse(OptionInputs inputs, string regime, long firstOi, OptionsSettings settings)
    {
        var vetoes = settings.Vetoes;
        var trend = OptionStatistics.Trend(inputs.Vix.Last, Before(inputs.VixRecent, inputs.Day), vetoes.VixTrendSessions);
        var year = Before(inputs.VixYear, inputs.Day);
        var rank = OptionStatistics.Rank(inputs.Vix.Last, year, vetoes.RankBarsMin);
        var oi = Oi(inputs, firstOi);
        var expiries = Expiries(inputs, trend, rank, regime, oi?.Pattern ?? "UNKNOWN", settings);
        if (expiries.FirstOrDefault(static expiry => expiry.Best is not null)?.Best is not { } best)
        {
            return null;
        }

        var daily = WithToday(inputs.Daily, inputs);
        var realised = OptionStatistics.MeanReturn(daily, vetoes.RealisedBars) / ((double)inputs.Vix.Last / vetoes.VixPerDay);
        var range = OptionStatistics.MeanRange(daily, vetoes.RangeBars);
        var intraday = OptionStatistics.IntradayRange(inputs.Intraday, vetoes.IntradayDays);
        var pivot = Before(inputs.Pivot, inputs.Day).LastOrDefault() is { } previous ? PivotRange.Of(previous.High, previous.Low, previous.Close) : null;
        var cpr = Cpr(pivot, inputs.Spot.Last, vetoes);
        var tier = PremiumTier.Of(rank, vetoes);
        List<OptionVeto> found =
        [
            .. tier.IsVeto ? [new OptionVeto("IV_RANK_TOO_LOW", Say($"IV rank {rank:0.0} %: premiums are cheap"))] : Array.Empty<OptionVeto>(),
            .. realised > vetoes.RealisedRatioMax
                ? [new OptionVeto("REALIZED_VOL_TOO_HIGH", Say($"the index moves {realised:0.00} times what its options imply (at most {vetoes.RealisedRatioMax:0.00})"))] : Array.Empty<OptionVeto>(),
            .. range > vetoes.TrendingRange
                ? [new OptionVeto("TRENDING_MARKET", Say($"mean daily range {range:0.00} % of {vetoes.RangeBars} days (at most {vetoes.TrendingRange:0.00} %)"))] : Array.Empty<OptionVeto>(),
            .. cpr is { IsVeto: true } ? [new OptionVeto("CPR_TRENDING_DAY", cpr.Value.Text)] : Array.Empty<OptionVeto>(),
        ];
        var score = best.Score.Total;
        var signal = found.Count > 0 ? "AVOID" : score >= settings.Scores.SellFrom ? "SELL" : score >= settings.Scores.HoldFrom ? "HOLD" : "AVOID";
        var risks = Risks(inputs, trend, rank, regime, oi, best, settings.Scores);
        if (intraday > vetoes.IntradayRangeMax)
        {
            risks.Add(Say($"Intraday ranges average {intraday:0.00} % over {vetoes.IntradayDays} days"));
        }

        if (cpr is { IsVeto: false, IsRisk: true })
        {
            risks.Add(cpr.Value.Text);
        }

        return new OptionAnalysis(inputs.Cycle, signal)
        {
            NiftySpot = inputs.Spot.Last,
            Vix = inputs.Vix.Last,
            VixTrend = trend,
            IvRank = rank,
            TrueIvRank = OptionStatistics.TrueRank(inputs.Vix.Last, year, vetoes.RankBarsMin),
            MarketRegime = regime,
            Oi = oi,
            Cpr = pivot,
            CprCheck = cpr?.Text,
            RealisedRatio = realised,
            PriceAction = range > vetoes.TrendingRange ? "TRENDING" : range < vetoes.ConsolidationRange ? "CONSOLIDATION" : "MODERATE",
            IntradayRange = intraday,
            TotalScore = found.Count > 0 ? 0 : score,
            ComparableScore = score,
            SignalTier = found.Count > 0 ? "AVOID" : tier.Name,
            PositionSize = found.Count > 0 ? 0 : tier.Size,
            PremiumQuality = tier.Quality,
            Recommendation = Recommend(signal, found),
            RiskFactors = risks,
            Best = best,
            Expiries = expiries,
            Vetoes = found,
        };
    }

    /// <summary>Bars of days before today: a bar of today is not a session that ended, whatever its place in the list.</summary>
    public static IReadOnlyList<KiteBar> Before(IReadOnlyList<KiteBar> bars, DateOnly day) => [.. bars.Where(bar => Ist.DayOf(bar.Start) < day)];

    /// <summary>Completed daily bars and today's running one, made of the quote.</summary>
    public static IReadOnlyList<KiteBar> WithToday(IReadOnlyList<KiteBar> bars, OptionInputs inputs)
    {
        var spot = inputs.Spot;
        return spot is { Open: > 0, High: > 0, Low: > 0 }
            ? [.. Before(bars, inputs.Day), new KiteBar(Ist.At(inputs.Day, TimeOnly.MinValue), spot.Open, spot.High, spot.Low, spot.Last, spot.Volume)]
            : Before(bars, inputs.Day);
    }

    private static OiReading? Oi(OptionInputs inputs, long firstOi)
    {
        if (inputs.Future is not { } future)
        {
            return null;
        }

        var quote = future.Quote;
        var change = quote.Open > 0 ? (quote.Last - quote.Open) / quote.Open * 100 : 0;
        return OiReading.Of(quote.Oi, firstOi, change, quote.OiDayHigh, quote.OiDayLow);
    }

    private static IReadOnlyList<ExpiryAnalysis> Expiries(OptionInputs inputs, double trend, double rank, string regime, string oiPattern, OptionsSettings settings)
    {
        List<ExpiryAnalysis> analysed = [];
        foreach (var expiry in inputs.Legs.GroupBy(static legs => legs.Expiry))
        {
            var days = expiry.Key.DayNumber - inputs.Day.DayNumber;
            var years = Math.Max(days / 365.0, settings.YearsMin);
            StrategyAnalysis? Of(string strategy)
            {
                var legs = expiry.FirstOrDefault(legs => string.Equals(legs.Strategy, strategy, StringComparison.Ordinal));
                if (legs is null || !inputs.Options.TryGetValue(legs.CallName, out var call) || !inputs.Options.TryGetValue(legs.PutName, out var put))
                {
                    return null;
                }

                var greeks = GreeksOf(isCall: true, legs.CallStrike, call.Last) + GreeksOf(isCall: false, legs.PutStrike, put.Last);
                var card = ScoreCard.Of(greeks, (double)inputs.Vix.Last, trend, rank, regime, oiPattern, settings.Scores);
                return new StrategyAnalysis(legs, call.Last, put.Last, greeks, card);
            }

            Greeks GreeksOf(bool isCall, decimal strike, decimal premium)
            {
                var option = new BlackScholes(isCall, (double)inputs.Spot.Last, (double)strike, years, settings.Rate);
                return option.Greeks(option.ImpliedVolatility((double)premium)!.Value);
            }

            analysed.Add(new ExpiryAnalysis(expiry.Key, days, inputs.AtTheMoney, Of("straddle"), Of("strangle")));
        }

        return analysed;
    }

    private static (string Text, bool IsVeto, bool IsRisk)? Cpr(PivotRange? pivot, decimal spot, VetoSettings settings)
    {
        if (pivot is null)
        {
            return null;
        }

        var width = pivot.WidthClass(settings);
        var range = Say($"pivot range {pivot.Bottom:0.00} to {pivot.Top:0.00}, {pivot.WidthPercent:0.000} % wide ({width})");
        if (pivot.IsOutside(spot))
        {
            return (Say($"{spot:0.00} is outside the {range}: a trending day"), settings.CprVetoMode != CprVetoMode.Off, true);
        }

        return width == "VERY_NARROW"
            ? ($"Inside a {range}: a breakout is likely", settings.CprVetoMode == CprVetoMode.Strict, true)
            : ($"Inside the {range}", false, false);
    }

    private static List<string> Risks(OptionInputs inputs, double trend, double rank, string regime, OiReading? oi, StrategyAnalysis best, ScoreSettings settings)
    {
        List<string> risks = [];
        var vix = (double)inputs.Vix.Last;
        var isRising = trend > settings.VixTrend;
        if (vix > settings.VixHigh)
        {
            risks.Add(Say($"High VIX ({vix:0.0})"));
        }
        else if (vix > settings.VixElevated)
        {
            risks.Add(Say($"VIX slightly elevated ({vix:0.0})"));
        }

        if (isRising)
        {
            risks.Add(Say($"VIX rising ({trend:+0.0} points in three sessions)"));
        }

        if (rank < settings.CheapRank)
        {
            risks.Add(Say($"Low IV rank ({rank:0} %): premiums are cheap"));
        }

        if (best.Greeks.Gamma > settings.GammaHigh)
        {
            risks.Add(Say($"High gamma ({best.Greeks.Gamma:0.0000}): deltas move fast"));
        }

        if (Math.Abs(best.Greeks.Vega) > settings.VegaHigh)
        {
            risks.Add(Say($"High vega ({best.Greeks.Vega:0.0}){(isRising ? " while VIX rises" : "")}"));
        }

        if (regime != Regimes.Neutral)
        {
            risks.Add($"Trending market ({regime})");
        }

        if (oi?.Pattern is OiPattern.LongBuildup or OiPattern.ShortBuildup)
        {
            risks.Add($"Open interest builds up ({oi.Pattern})");
        }

        return risks;
    }

    private static string Recommend(string signal, List<OptionVeto> vetoes) => (signal, vetoes.Count) switch
    {
        (_, > 0) => $"No selling today's premiums: {vetoes[0].Data}",
        ("SELL", _) => "Good conditions for selling options",
        ("HOLD", _) => "Mixed conditions: wait for a better setup",
        _ => "Unfavourable conditions: high risk",
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
