using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>Prices of futures and options as a function of their underlying's: plausible and monotone, not a market model.</summary>
internal static class KitePricing
{
    private const decimal Tick = 0.05m;

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
        var (high, low) = (Price(instrument, spot.High, days), Price(instrument, spot.Low, days));
        var last = Price(instrument, spot.Last, days);
        var volume = DerivedVolume(instrument, spot.LastTradeAt);
        return new TapeQuote(
            last,
            Price(instrument, spot.Open, days),
            Math.Max(high, low),
            Math.Min(high, low),
            Price(instrument, spot.PreviousClose, days + 1),
            volume,
            volume * last,
            spot.LastTradeAt);
    }

    /// <summary>The last price alone.</summary>
    public static decimal? LastAt(IMarketTape tape, KiteInstrument instrument, DateTimeOffset now)
    {
        var spot = instrument.TapeSymbol is null ? null : tape.LastAt(instrument.TapeSymbol, now);
        return spot is { } last && instrument.IsDerivative ? Price(instrument, last, DaysLeft(instrument, now)) : spot;
    }

    public static IReadOnlyList<TapeBar> Bars(KiteInstrument instrument, IReadOnlyList<TapeBar> bars)
    {
        if (!instrument.IsDerivative)
        {
            return bars;
        }

        return [.. bars.Select(bar =>
        {
            var days = DaysLeft(instrument, bar.Start);
            var (high, low) = (Price(instrument, bar.High, days), Price(instrument, bar.Low, days));
            return new TapeBar(
                bar.Start, Price(instrument, bar.Open, days), Math.Max(high, low), Math.Min(high, low), Price(instrument, bar.Close, days), instrument.Lot * (1 + (bar.Start.Minute % 7)));
        })];
    }

    /// <summary>Open interest in units; 0 for shares and indices. Constant, so that day high and low agree with it.</summary>
    public static long OpenInterest(KiteInstrument instrument) =>
        instrument.IsDerivative ? instrument.Lot * (1_000 + (long)(SyntheticPath.Hash(instrument.TradingSymbol) % 50_000)) : 0;

    private static int DaysLeft(KiteInstrument instrument, DateTimeOffset at) => Math.Max(0, instrument.Expiry!.Value.DayNumber - KiteTime.Day(at).DayNumber);

    private static decimal Price(KiteInstrument instrument, decimal spot, int days)
    {
        // 6.5 % a year of carry.
        var forward = spot + (spot * 65 * days / 365_000);
        return instrument.Kind switch
        {
            "CE" => Option(Math.Max(0, forward - instrument.Strike), forward, instrument.Strike, days),
            "PE" => Option(Math.Max(0, instrument.Strike - forward), forward, instrument.Strike, days),
            _ => TapePrice.ToTick(forward, Tick),
        };
    }

    // Time value grows with the root of time and fades to nothing 8 % away from the money; its slope stays below the intrinsic value's.
    private static decimal Option(decimal intrinsic, decimal forward, decimal strike, int days)
    {
        var fade = Math.Max(0, 1 - (Math.Abs(forward - strike) / (forward * 0.08m)));
        var time = forward * 0.0065m * Root(days + 1) * fade;
        return Math.Max(Tick, TapePrice.ToTick(intrinsic + time, Tick));
    }

    // Square root to three places, in integers.
    private static decimal Root(int value)
    {
        var target = value * 1_000_000L;
        var root = target;
        while (root > target / root)
        {
            root = (root + (target / root)) / 2;
        }

        return root / 1000m;
    }

    private static decimal DerivedVolume(KiteInstrument instrument, DateTimeOffset at)
    {
        var minutes = Math.Clamp((int)(at.TimeOfDay - new TimeSpan(9, 15, 0)).TotalMinutes, 0, 375);
        return (long)instrument.Lot * minutes * (5 + (int)(SyntheticPath.Hash(instrument.TradingSymbol) % 200));
    }
}
