using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>Open interest of derivatives, made up: it drifts in lots through the session and follows from the last trade's time alone.</summary>
internal static class KiteOpenInterest
{
    private const int StepMinutes = 3;
    private const int ReachInThousandths = 160;

    private static readonly TimeSpan SessionOpen = new(9, 15, 0);

    /// <summary>Open interest in units at a moment, and its extremes since the session's open; zeros for shares and indices.</summary>
    public static (long Now, long High, long Low) At(KiteInstrument instrument, DateTimeOffset at)
    {
        if (!instrument.IsDerivative)
        {
            return default;
        }

        var open = new DateTimeOffset(at.Date, at.Offset) + SessionOpen;
        var last = Math.Clamp((int)((at - open).TotalMinutes / StepMinutes), 0, 125);
        var lots = 1_000 + (long)(SyntheticPath.Hash(instrument.TradingSymbol) % 50_000);
        var noise = new SyntheticPath(KiteTime.Day(at).DayNumber, instrument.TradingSymbol, 1_000_000, isIndex: true);
        var (now, high, low) = (0L, long.MinValue, long.MaxValue);
        for (var step = 0; step <= last; step++)
        {
            now = instrument.Lot * (lots + (lots * noise.Drift(step, ReachInThousandths) / 1_000_000));
            (high, low) = (Math.Max(high, now), Math.Min(low, now));
        }

        return (now, high, low);
    }

    /// <summary>Open interest at a bar's end.</summary>
    public static long OfBar(KiteInstrument instrument, DateTimeOffset start) => At(instrument, start).Now;
}
