using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>Prices of futures and options as a function of their underlying's and of the volatility index.</summary>
internal static class KitePricing
{
    private const decimal Tick = 0.05m;

    // Where a tape has no volatility index: its long-time mean.
    private const decimal UsualVolatility = 15m;

    // As tapes and Kite write it.
    private static readonly string[] VolatilityNames = ["INDIA VIX", "INDIAVIX"];

    public static TapeQuote? QuoteAt(IMarketTape tape, KiteInstrument instrument, DateTimeOffset now)
    {
        if (instrument.TapeSymbol is null || tape.QuoteAt(instrument.TapeSymbol, now) is not { } spot)
        {
            return null;
        }

        if (!instrument.IsDerivative)
        {
            return spot;
        }

        var days = DaysLeft(instrument, now);
        var volatility = Volatility(tape, instrument, now);
        var (high, low) = (Price(instrument, spot.High, days, volatility), Price(instrument, spot.Low, days, volatility));
        var last = Price(instrument, spot.Last, days, volatility);
        var volume = DerivedVolume(instrument, spot.LastTradeAt);
        return new TapeQuote(
            last,
            Price(instrument, spot.Open, days, volatility),
            Math.Max(high, low),
            Math.Min(high, low),
            Price(instrument, spot.PreviousClose, days + 1, volatility),
            volume,
            volume * last,
            spot.LastTradeAt);
    }

    /// <summary>The last price alone.</summary>
    public static decimal? LastAt(IMarketTape tape, KiteInstrument instrument, DateTimeOffset now)
    {
        var spot = instrument.TapeSymbol is null ? null : tape.LastAt(instrument.TapeSymbol, now);
        return spot is { } last && instrument.IsDerivative ? Price(instrument, last, DaysLeft(instrument, now), Volatility(tape, instrument, now)) : spot;
    }

    public static IReadOnlyList<TapeBar> Bars(IMarketTape tape, KiteInstrument instrument, IReadOnlyList<TapeBar> bars)
    {
        if (!instrument.IsDerivative)
        {
            return bars;
        }

        return [.. bars.Select(bar =>
        {
            var days = DaysLeft(instrument, bar.Start);
            var volatility = Volatility(tape, instrument, bar.Start);
            var (high, low) = (Price(instrument, bar.High, days, volatility), Price(instrument, bar.Low, days, volatility));
            return new TapeBar(
                bar.Start, Price(instrument, bar.Open, days, volatility), Math.Max(high, low), Math.Min(high, low), Price(instrument, bar.Close, days, volatility), instrument.Lot * (1 + (bar.Start.Minute % 7)));
        })];
    }

    private static int DaysLeft(KiteInstrument instrument, DateTimeOffset at) => Math.Max(0, instrument.Expiry!.Value.DayNumber - KiteTime.Day(at).DayNumber);

    // Futures need none, and asking the tape costs.
    private static decimal Volatility(IMarketTape tape, KiteInstrument instrument, DateTimeOffset at)
    {
        if (!instrument.IsOption)
        {
            return UsualVolatility;
        }

        foreach (var name in VolatilityNames)
        {
            if (tape.LastAt(name, at) is { } points)
            {
                return points;
            }
        }

        return UsualVolatility;
    }

    private static decimal Price(KiteInstrument instrument, decimal spot, int days, decimal volatility) => instrument.IsOption
        ? KiteOptionModel.Premium(string.Equals(instrument.Kind, "CE", StringComparison.Ordinal), spot, instrument.Strike, days, volatility)
        : TapePrice.ToTick(spot + (spot * 65 * days / 365_000), Tick); // 6.5 % a year of carry

    private static decimal DerivedVolume(KiteInstrument instrument, DateTimeOffset at)
    {
        var minutes = Math.Clamp((int)(at.TimeOfDay - new TimeSpan(9, 15, 0)).TotalMinutes, 0, 375);
        return (long)instrument.Lot * minutes * (5 + (int)(SyntheticPath.Hash(instrument.TradingSymbol) % 200));
    }
}
