namespace Headgate.Desk.Analytics;

/// <summary>RSI 9, 14 and 21 of daily closes with the current price as the last bar, and what they say together.</summary>
/// <param name="Rsi9">Two decimals.</param>
/// <param name="Rsi14">Two decimals.</param>
/// <param name="Rsi21">Two decimals.</param>
/// <param name="Pairs">9 and 14, 9 and 21, 14 and 21.</param>
/// <param name="Summary"><c>Bullish momentum</c>, <c>Bearish momentum</c> or <c>Neutral</c>.</param>
public sealed record RsiReading(decimal Rsi9, decimal Rsi14, decimal Rsi21, IReadOnlyList<RsiPair> Pairs, string Summary)
{
    /// <summary>Bars needed, the current price included.</summary>
    public const int BarsMin = 30;

    private const int CrossBars = 3;

    /// <summary>The latest of the pairs' crossings, with the pair it belongs to, or null.</summary>
    public (RsiPair Pair, RsiCross Cross)? LatestCross =>
        Pairs.Where(static pair => pair.Cross is not null).OrderBy(static pair => pair.Cross!.BarsAgo).Select(static pair => ((RsiPair, RsiCross)?)(pair, pair.Cross!)).FirstOrDefault();

    /// <summary>Null with fewer than <see cref="BarsMin"/> bars.</summary>
    /// <param name="closes">Closes of completed days, oldest first.</param>
    /// <param name="price">The current price.</param>
    public static RsiReading? Of(IReadOnlyList<decimal> closes, decimal price)
    {
        if (closes.Count + 1 < BarsMin)
        {
            return null;
        }

        List<decimal> bars = [.. closes, price];
        var (fast, middle, slow) = (Rsi.Series(bars, 9), Rsi.Series(bars, 14), Rsi.Series(bars, 21));
        RsiPair[] pairs = [Pair(9, 14, fast, middle), Pair(9, 21, fast, slow), Pair(14, 21, middle, slow)];
        return new RsiReading(Math.Round(fast[^1]!.Value, 2), Math.Round(middle[^1]!.Value, 2), Math.Round(slow[^1]!.Value, 2), pairs, Summarise(pairs));
    }

    internal static string Summarise(IReadOnlyList<RsiPair> pairs)
    {
        decimal bullish = 0, bearish = 0;
        foreach (var pair in pairs)
        {
            // A crossing counts twice what a mere position does.
            bullish += (pair.IsAbove ? 0.5m : 0) + (pair.Cross is { IsBullish: true } ? 1 : 0);
            bearish += (pair.IsAbove ? 0 : 0.5m) + (pair.Cross is { IsBullish: false } ? 1 : 0);
        }

        return bullish > bearish ? "Bullish momentum" : bearish > bullish ? "Bearish momentum" : "Neutral";
    }

    private static RsiPair Pair(int fastPeriod, int slowPeriod, IReadOnlyList<decimal?> fast, IReadOnlyList<decimal?> slow)
    {
        RsiCross? cross = null;
        for (var back = 1; back <= CrossBars && cross is null; back++)
        {
            if (fast[^back] - slow[^back] is { } now && fast[^(back + 1)] - slow[^(back + 1)] is { } before && now > 0 != before > 0)
            {
                cross = new RsiCross(now > 0, back);
            }
        }

        var strength = fast[^1]!.Value - slow[^1]!.Value;
        return new RsiPair(fastPeriod, slowPeriod, Math.Round(strength, 2), cross) { IsAbove = strength > 0 };
    }
}
