using Headgate.Desk.Analytics;

namespace Headgate.Desk.Monitors.Options;

/// <summary>Why selling is advised against whatever the score.</summary>
/// <param name="Type"><c>IV_RANK_TOO_LOW</c>, <c>REALIZED_VOL_TOO_HIGH</c>, <c>TRENDING_MARKET</c> or <c>CPR_TRENDING_DAY</c>.</param>
/// <param name="Data">The figures, in a sentence.</param>
public sealed record OptionVeto(string Type, string Data);

/// <summary>A strategy as analysed.</summary>
/// <param name="Legs">What would be sold.</param>
/// <param name="CallPremium">Premium of the call.</param>
/// <param name="PutPremium">Premium of the put.</param>
/// <param name="Greeks">Of both together.</param>
/// <param name="Score">Its scores.</param>
public sealed record StrategyAnalysis(OptionLegs Legs, decimal CallPremium, decimal PutPremium, Greeks Greeks, ScoreCard Score)
{
    /// <summary>Both premiums.</summary>
    public decimal TotalPremium => CallPremium + PutPremium;
}

/// <summary>An expiry as analysed.</summary>
/// <param name="Expiry">Its date.</param>
/// <param name="DaysToExpiry">Calendar days to go.</param>
/// <param name="AtTheMoney">The strike nearest to the index.</param>
/// <param name="Straddle">Null when its premiums could not be had.</param>
/// <param name="Strangle">Null when its premiums could not be had.</param>
public sealed record ExpiryAnalysis(DateOnly Expiry, int DaysToExpiry, decimal AtTheMoney, StrategyAnalysis? Straddle, StrategyAnalysis? Strangle)
{
    /// <summary>The higher score; a tie is the straddle's.</summary>
    public StrategyAnalysis? Best => Straddle is null || (Strangle is not null && Strangle.Score.Total > Straddle.Score.Total) ? Strangle : Straddle;
}

/// <summary>What an analysis came to. Advice only.</summary>
/// <param name="Timestamp">Scheduled start of its cycle.</param>
/// <param name="Signal"><c>SELL</c>, <c>HOLD</c> or <c>AVOID</c>.</param>
public sealed record OptionAnalysis(DateTimeOffset Timestamp, string Signal)
{
    /// <summary>The index.</summary>
    public required decimal NiftySpot { get; init; }

    /// <summary>The volatility index.</summary>
    public required decimal Vix { get; init; }

    /// <summary>Its change over three sessions, in points.</summary>
    public required double VixTrend { get; init; }

    /// <summary>Share of the past year's closes below it, in percent.</summary>
    public required double IvRank { get; init; }

    /// <summary>Where it lies between the past year's extremes, in percent; null when unknown.</summary>
    public double? TrueIvRank { get; init; }

    /// <summary>One of <see cref="Regimes"/>.</summary>
    public required string MarketRegime { get; init; }

    /// <summary>Open interest of the nearest future that has some, or null.</summary>
    public OiReading? Oi { get; init; }

    /// <summary>Its pattern, or <c>UNKNOWN</c>.</summary>
    public string OiPatternName => Oi?.Pattern ?? "UNKNOWN";

    /// <summary>The pivot range of the previous session, or null.</summary>
    public PivotRange? Cpr { get; init; }

    /// <summary>What the pivot range says, or null.</summary>
    public string? CprCheck { get; init; }

    /// <summary>Realised over implied volatility, or null.</summary>
    public double? RealisedRatio { get; init; }

    /// <summary><c>TRENDING</c>, <c>CONSOLIDATION</c> or <c>MODERATE</c>.</summary>
    public required string PriceAction { get; init; }

    /// <summary>Mean intraday range in percent, or null.</summary>
    public double? IntradayRange { get; init; }

    /// <summary>0 to 100; 0 when vetoed.</summary>
    public required double TotalScore { get; init; }

    /// <summary>The score a vetoed run would have had, for comparing runs; else the score.</summary>
    public required double ComparableScore { get; init; }

    /// <summary><c>SELL_STRONG</c>, <c>SELL_MODERATE</c>, <c>SELL_WEAK</c> or <c>AVOID</c>.</summary>
    public required string SignalTier { get; init; }

    /// <summary>Share of a full position, 0 to 1.</summary>
    public required decimal PositionSize { get; init; }

    /// <summary><c>EXCELLENT</c>, <c>GOOD</c>, <c>BELOW AVERAGE</c> or <c>CHEAP</c>.</summary>
    public required string PremiumQuality { get; init; }

    /// <summary>In a sentence.</summary>
    public required string Recommendation { get; init; }

    /// <summary>A sentence each.</summary>
    public required IReadOnlyList<string> RiskFactors { get; init; }

    /// <summary>What would be sold.</summary>
    public required StrategyAnalysis Best { get; init; }

    /// <summary>All expiries analysed.</summary>
    public required IReadOnlyList<ExpiryAnalysis> Expiries { get; init; }

    /// <summary>What vetoes selling, first the one that decides; empty for nothing.</summary>
    public IReadOnlyList<OptionVeto> Vetoes { get; init; } = [];

    /// <summary>The deciding veto, or null.</summary>
    public OptionVeto? Veto => Vetoes.Count > 0 ? Vetoes[0] : null;
}
