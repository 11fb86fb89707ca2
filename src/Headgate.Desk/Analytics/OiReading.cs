namespace Headgate.Desk.Analytics;

/// <summary>Open interest against the day's first, read together with the price.</summary>
/// <param name="Current">Open interest now.</param>
/// <param name="ChangePercent">Against the day's first, two decimals.</param>
/// <param name="PriceChangePercent">The price change it is read with.</param>
/// <param name="Pattern">One of <see cref="OiPattern"/>.</param>
public sealed record OiReading(long Current, decimal ChangePercent, decimal PriceChangePercent, string Pattern)
{
    private bool IsBuildup => Pattern is OiPattern.LongBuildup or OiPattern.ShortBuildup;

    /// <summary><c>BULLISH</c>, <c>BEARISH</c>, <c>WEAK_BULLISH</c>, <c>WEAK_BEARISH</c> or <c>NEUTRAL</c>.</summary>
    public string Signal => Pattern switch
    {
        OiPattern.LongBuildup => "BULLISH",
        OiPattern.ShortBuildup => "BEARISH",
        OiPattern.ShortCovering => "WEAK_BULLISH",
        OiPattern.LongUnwinding => "WEAK_BEARISH",
        _ => "NEUTRAL",
    };

    /// <summary><c>VERY_STRONG</c> from 15 %, <c>STRONG</c> from 10 %, <c>SIGNIFICANT</c> from 5 %, else <c>MINIMAL</c>.</summary>
    public string Strength => Math.Abs(ChangePercent) switch
    {
        >= 15 => "VERY_STRONG",
        >= 10 => "STRONG",
        >= 5 => "SIGNIFICANT",
        _ => "MINIMAL",
    };

    /// <summary>Build-ups <c>HIGH</c> from 10 %, else <c>MEDIUM</c>; others one lower.</summary>
    public string Confidence => (IsBuildup, Math.Abs(ChangePercent) >= 10) switch
    {
        (true, true) => "HIGH",
        (true, false) or (false, true) => "MEDIUM",
        _ => "LOW",
    };

    /// <summary><c>HIGH</c>, <c>MEDIUM</c> or <c>LOW</c>.</summary>
    public string Priority => Strength switch
    {
        "VERY_STRONG" when IsBuildup || Math.Abs(PriceChangePercent) >= 2 => "HIGH",
        "STRONG" when IsBuildup => "HIGH",
        "VERY_STRONG" or "STRONG" => "MEDIUM",
        "SIGNIFICANT" when IsBuildup => "MEDIUM",
        _ => "LOW",
    };

    /// <summary>The pattern in words.</summary>
    public string Meaning => Pattern switch
    {
        OiPattern.LongBuildup => "fresh buying: new longs are opened",
        OiPattern.ShortBuildup => "fresh selling: new shorts are opened",
        OiPattern.ShortCovering => "shorts are closed",
        OiPattern.LongUnwinding => "longs are closed",
        _ => "open interest has not moved",
    };

    /// <summary>Within 0.1 % of the day's high, with a change of 5 % or more.</summary>
    public bool IsAtDayHigh { get; init; }

    /// <summary>Within 0.1 % of the day's low, with a change of 5 % or more.</summary>
    public bool IsAtDayLow { get; init; }

    /// <summary>Null when there is no open interest now or there was none at first: a change against nothing is none.</summary>
    /// <param name="current">Now.</param>
    /// <param name="first">The first of the day.</param>
    /// <param name="priceChangePercent">For stocks the 10-minute change, for the index the change since the open.</param>
    /// <param name="dayHigh">Its high of the day, 0 where unknown.</param>
    /// <param name="dayLow">Its low of the day, 0 where unknown.</param>
    public static OiReading? Of(long current, long first, decimal priceChangePercent, long dayHigh, long dayLow)
    {
        if (first <= 0 || current <= 0)
        {
            return null;
        }

        var change = Math.Round((current - (decimal)first) / first * 100, 2);
        var pattern = (change, priceChangePercent) switch
        {
            (0, _) => OiPattern.NoChange,
            (> 0, > 0) => OiPattern.LongBuildup,
            (> 0, _) => OiPattern.ShortBuildup,
            (_, > 0) => OiPattern.ShortCovering,
            _ => OiPattern.LongUnwinding,
        };
        var counts = Math.Abs(change) >= 5;
        return new OiReading(current, change, priceChangePercent, pattern)
        {
            IsAtDayHigh = counts && dayHigh > 0 && current >= dayHigh * 0.999m,
            IsAtDayLow = counts && dayLow > 0 && current <= dayLow * 1.001m,
        };
    }
}
