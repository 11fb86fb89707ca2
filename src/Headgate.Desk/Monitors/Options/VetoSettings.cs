namespace Headgate.Desk.Monitors.Options;

/// <summary>What vetoes selling, and the figures behind it. Percentages are in percent.</summary>
public sealed record VetoSettings
{
    /// <summary>Tiers by IV rank instead of one bound (<c>ENABLE_TIERED_SIGNALS</c>). Default true.</summary>
    public bool EnableTieredSignals { get; init; } = true;

    /// <summary>IV rank from which the signal is strong. Default 25.</summary>
    public double StrongRank { get; init; } = 25;

    /// <summary>Position size then. Default 1.0.</summary>
    public decimal StrongSize { get; init; } = 1.0m;

    /// <summary>IV rank from which it is moderate. Default 15.</summary>
    public double ModerateRank { get; init; } = 15;

    /// <summary>Position size then. Default 0.75.</summary>
    public decimal ModerateSize { get; init; } = 0.75m;

    /// <summary>IV rank from which it is weak; below, selling is vetoed. Default 10.</summary>
    public double WeakRank { get; init; } = 10;

    /// <summary>Position size then. Default 0.5.</summary>
    public decimal WeakSize { get; init; } = 0.5m;

    /// <summary>Without tiers: IV rank below which selling is vetoed. Default 15.</summary>
    public double BinaryRankMin { get; init; } = 15;

    /// <summary>Bars below which there is no IV rank and 50 stands in. Default 100.</summary>
    public int RankBarsMin { get; init; } = 100;

    /// <summary>Sessions back for the trend of the volatility index. Default 3.</summary>
    public int VixTrendSessions { get; init; } = 3;

    /// <summary>Daily bars for realised volatility, one more than returns. Default 5.</summary>
    public int RealisedBars { get; init; } = 5;

    /// <summary>Realised over implied volatility above which selling is vetoed. Default 1.2.</summary>
    public double RealisedRatioMax { get; init; } = 1.2;

    /// <summary>The volatility index over this is a day's implied move. Default 16, about the root of a year's trading days.</summary>
    public double VixPerDay { get; init; } = 16;

    /// <summary>Daily bars for price action. Default 5.</summary>
    public int RangeBars { get; init; } = 5;

    /// <summary>Mean daily range above which the market trends and selling is vetoed. Default 1.5.</summary>
    public double TrendingRange { get; init; } = 1.5;

    /// <summary>Mean daily range below which it consolidates. Default 0.8.</summary>
    public double ConsolidationRange { get; init; } = 0.8;

    /// <summary>Trading days of intraday volatility. Default 3.</summary>
    public int IntradayDays { get; init; } = 3;

    /// <summary>Mean intraday range above which it is a risk factor. Default 1.2.</summary>
    public double IntradayRangeMax { get; init; } = 1.2;

    /// <summary>Default <see cref="CprVetoMode.Off"/>.</summary>
    public CprVetoMode CprVetoMode { get; init; }

    /// <summary>Width of the pivot range below which it is very narrow. Default 0.25.</summary>
    public decimal CprVeryNarrow { get; init; } = 0.25m;

    /// <summary>… narrow. Default 0.35.</summary>
    public decimal CprNarrow { get; init; } = 0.35m;

    /// <summary>… moderate; from there on wide. Default 0.50.</summary>
    public decimal CprModerate { get; init; } = 0.50m;

    /// <summary>Sessions of the regime's mean. Default 50.</summary>
    public int RegimeBars { get; init; } = 50;

    /// <summary>Distance from the mean beyond which the market is bullish or bearish. Default 2.</summary>
    public double RegimePercent { get; init; } = 2;
}
