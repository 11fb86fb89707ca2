using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.Series;

namespace Headgate.Desk.Monitors.Stock;

/// <summary>A stock's price and volume against earlier in the day; what cannot be compared is null.</summary>
/// <param name="Symbol">Trading symbol.</param>
/// <param name="Now">The present sample.</param>
public sealed record StockMoves(string Symbol, PriceSample Now)
{
    /// <summary>How far back samples are needed: 30 minutes and seven intervals, at the tolerances' outer ends.</summary>
    public static readonly TimeSpan LookBack = TimeSpan.FromMinutes(60);

    /// <summary>The sample of 5 minutes ago.</summary>
    public PriceSample? Ago5 { get; init; }

    /// <summary>The sample of 10 minutes ago.</summary>
    public PriceSample? Ago10 { get; init; }

    /// <summary>The sample of 30 minutes ago.</summary>
    public PriceSample? Ago30 { get; init; }

    /// <summary>Volumes of 5-minute intervals, latest first.</summary>
    public IReadOnlyList<long> Volumes { get; init; } = [];

    /// <summary>5-minute change, per cent.</summary>
    public decimal? Change5 => Against(Ago5);

    /// <summary>10-minute change.</summary>
    public decimal? Change10 => Against(Ago10);

    /// <summary>30-minute change.</summary>
    public decimal? Change30 => Against(Ago30);

    /// <param name="symbol">Trading symbol.</param>
    /// <param name="samples">The day's samples, oldest first.</param>
    /// <param name="now">The present one.</param>
    public static StockMoves Of(string symbol, IReadOnlyList<PriceSample> samples, PriceSample now) => new(symbol, now)
    {
        Ago5 = PriceWindow.FiveMinutes.Pick(samples, now.At),
        Ago10 = PriceWindow.TenMinutes.Pick(samples, now.At),
        Ago30 = PriceWindow.ThirtyMinutes.Pick(samples, now.At),
        Volumes = PriceWindow.FiveMinutes.Volumes(samples, now, 7),
    };

    /// <summary>The latest interval beside the mean of those before.</summary>
    public VolumeReading? Volume(int historyMin, int historyMax) => VolumeReading.Of(Volumes, historyMin, historyMax);

    private decimal? Against(PriceSample? then) => then is { } known ? Change.Percent(Now.Last, known.Last) : null;
}
