using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.Market;

namespace Headgate.Desk.Monitors.Atr;

/// <summary>Where a stock stands to its ATR levels. Prices in rupees, exact.</summary>
/// <param name="Open">Today's open.</param>
/// <param name="Last">Last price.</param>
/// <param name="AtrShort">ATR(20) of completed days.</param>
/// <param name="AtrLong">ATR(30).</param>
/// <param name="Entry">Open + 2.5 × ATR(20).</param>
/// <param name="Stop">Entry − 0.5 × ATR(20).</param>
public sealed record AtrSignal(decimal Open, decimal Last, decimal AtrShort, decimal AtrLong, decimal Entry, decimal Stop)
{
    /// <summary>Last − entry.</summary>
    public decimal Distance => Last - Entry;

    /// <summary>Distance ÷ open, per cent.</summary>
    public decimal DistancePercent => Distance / Open * 100;

    /// <summary>Entry − stop.</summary>
    public decimal Risk => Entry - Stop;

    /// <summary>Risk ÷ entry, per cent.</summary>
    public decimal RiskPercent => Risk / Entry * 100;

    /// <summary>Is volatility contracting?</summary>
    public bool IsContracting => AtrShort < AtrLong;

    /// <summary>Above the mean close; null where it is not asked for.</summary>
    public bool? IsAboveMean { get; init; }

    /// <summary>Volume well above the mean; null where it is not asked for.</summary>
    public bool? HasVolume { get; init; }

    /// <summary>Is a stock worth its daily bars?</summary>
    public static bool IsCandidate(KiteQuote quote, AtrOptions options) =>
        quote.Open > 0 && (quote.Volume > options.CandidateVolume || Math.Abs(quote.Last - quote.Open) / quote.Open * 100 > options.CandidateMovePercent);

    /// <summary>The levels from given ranges, whether or not they are reached.</summary>
    public static AtrSignal Levels(decimal open, decimal last, decimal atrShort, decimal atrLong, AtrOptions options)
    {
        var entry = open + (options.EntryMultiplier * atrShort);
        return new AtrSignal(open, last, atrShort, atrLong, entry, entry - (options.StopMultiplier * atrShort));
    }

    /// <summary>A breakout, or null.</summary>
    /// <param name="quote">Today's.</param>
    /// <param name="bars">Completed days, oldest first.</param>
    /// <param name="options">The thresholds.</param>
    public static AtrSignal? Of(KiteQuote quote, IReadOnlyList<KiteBar> bars, AtrOptions options)
    {
        if (quote.Open <= 0 || bars.Count < options.BarsMin
            || AverageTrueRange.Of(bars, options.ShortPeriod) is not { } atrShort || AverageTrueRange.Of(bars, options.LongPeriod) is not { } atrLong)
        {
            return null;
        }

        var recent = bars.TakeLast(options.MeanDays).ToList();
        var signal = Levels(quote.Open, quote.Last, atrShort, atrLong, options) with
        {
            IsAboveMean = options.FilterTrend ? quote.Last > recent.Average(static bar => bar.Close) : null,
            HasVolume = options.FilterVolume ? quote.Volume >= options.VolumeMultiple * recent.Average(static bar => (decimal)bar.Volume) : null,
        };
        return signal.IsBreakout(options) ? signal : null;
    }

    /// <summary>Is the entry reached, and does no filter object?</summary>
    public bool IsBreakout(AtrOptions options) => Last >= Entry && (IsContracting || !options.FilterContraction) && IsAboveMean != false && HasVolume != false;
}
