using System.Globalization;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>Answers of <c>/instruments/historical/{token}/{interval}</c>.</summary>
/// <remarks>Only finished minutes show: a minute still forming is absent, a longer candle still forming is made of its finished minutes.</remarks>
internal static class KiteHistory
{
    private static readonly TimeSpan SessionOpen = new(9, 15, 0);

    public static TwinReply Answer(IMarketTape tape, KiteBook book, TwinTarget target, DateTimeOffset now)
    {
        if (KiteLimits.Interval(target.Segments[3]) is not { } interval)
        {
            return KiteReply.Input("invalid interval");
        }

        if (!uint.TryParse(target.Segments[2], NumberStyles.None, CultureInfo.InvariantCulture, out _) || book.Find(target.Segments[2]) is not { TapeSymbol: { } symbol } instrument)
        {
            return KiteReply.Input("invalid token");
        }

        if (!KiteTime.TryParse(target.First("from"), out var from))
        {
            return KiteReply.Input("invalid from date");
        }

        if (!KiteTime.TryParse(target.First("to"), out var to))
        {
            return KiteReply.Input("invalid to date");
        }

        if (from > to)
        {
            return KiteReply.Input("`from` date cannot be after `to` date");
        }

        if (to - from > TimeSpan.FromDays(interval.DaysMax))
        {
            return KiteReply.Input(string.Create(CultureInfo.InvariantCulture, $"interval exceeds max limit: {interval.DaysMax} days"));
        }

        var candles = KitePricing.Bars(tape, instrument, Candles(tape, symbol, interval.Minutes, from, to, now));
        return Write(candles, string.Equals(target.First("oi"), "1", StringComparison.Ordinal) ? instrument : null);
    }

    private static IReadOnlyList<TapeBar> Candles(IMarketTape tape, string symbol, int minutes, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        if (minutes == 1440)
        {
            return tape.Days(symbol, from, to, now);
        }

        // A candle is in the answer when it begins in the range; its minutes may lie beyond it.
        var bars = TapeBars.Join(tape.Minutes(symbol, from.AddMinutes(-minutes), to.AddMinutes(minutes), now), minutes, SessionOpen);
        return [.. bars.Where(bar => bar.Start >= from && bar.Start <= to)];
    }

    private static TwinReply Write(IReadOnlyList<TapeBar> candles, KiteInstrument? withOpenInterest) => KiteReply.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("candles");
        foreach (var candle in candles)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(KiteTime.Candle(candle.Start));
            writer.WriteNumberValue(candle.Open);
            writer.WriteNumberValue(candle.High);
            writer.WriteNumberValue(candle.Low);
            writer.WriteNumberValue(candle.Close);
            writer.WriteNumberValue(candle.Volume);
            if (withOpenInterest is not null)
            {
                writer.WriteNumberValue(KiteOpenInterest.OfBar(withOpenInterest, candle.Start));
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
