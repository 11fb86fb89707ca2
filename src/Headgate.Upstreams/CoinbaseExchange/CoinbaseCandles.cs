using System.Globalization;
using System.Text.Json.Nodes;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.CoinbaseExchange;

/// <summary>Candles: at most 300, rows <c>[time, low, high, open, close, volume]</c>, newest first, empty buckets left out.</summary>
internal static class CoinbaseCandles
{
    private const int CandlesMax = 300;

    private static readonly int[] Granularities = [60, 300, 900, 3600, 21600, 86400];

    public static TwinReply Answer(IMarketTape tape, string id, TwinTarget target, DateTimeOffset now)
    {
        if (!int.TryParse(target.First("granularity") ?? "60", NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || !Granularities.Contains(seconds))
        {
            return CoinbaseReply.Error(400, "Unsupported granularity");
        }

        var (start, end) = (Parse(target.First("start")), Parse(target.First("end")));
        if (target.First("start") is { Length: > 0 } != start is not null || target.First("end") is { Length: > 0 } != end is not null)
        {
            return CoinbaseReply.Error(400, "Invalid start or end");
        }

        // One bound without the other is ignored, as documented.
        var (from, to) = start is { } s && end is { } e ? (s, e) : (now.AddSeconds(-(double)seconds * CandlesMax), now);
        if (from > to)
        {
            return CoinbaseReply.Error(400, "start must be before end");
        }

        if ((to - from).Ticks / TimeSpan.TicksPerSecond / seconds > CandlesMax)
        {
            return CoinbaseReply.Error(400, "granularity too small for the requested time range. Count of aggregations requested exceeds 300");
        }

        var first = DateTimeOffset.FromUnixTimeSeconds(from.ToUnixTimeSeconds() / seconds * seconds);
        var bars = seconds == 86400
            ? tape.Days(id, first, to, now)
            : TapeBars.Join(tape.Minutes(id, first, to.AddSeconds(seconds), now), seconds / 60, TimeSpan.Zero);
        return CoinbaseReply.Of(new JsonArray([.. bars.Where(b => b.Start >= first && b.Start <= to).Reverse().Take(CandlesMax).Select(Row)]));
    }

    private static JsonArray Row(TapeBar bar) => new(bar.Start.ToUnixTimeSeconds(), bar.Low, bar.High, bar.Open, bar.Close, bar.Volume);

    private static DateTimeOffset? Parse(string? text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 32_503_680_000)
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) && at.Year is >= 1970 and <= 2900 ? at : null;
    }
}
