using System.Globalization;
using System.Text.Json;

namespace Headgate.Upstreams.Providers;

/// <summary>A chart's result as Yahoo writes it: the last minutes, the running one included. What is called <c>EMPTY…</c> did not trade, and then there are no stamps at all.</summary>
internal static class YahooBars
{
    private const int MinutesShown = 3;

    /// <param name="symbol">The symbol.</param>
    /// <param name="now">Now.</param>
    /// <param name="price">Its price at a moment.</param>
    public static string Of(string symbol, DateTimeOffset now, Func<string, DateTimeOffset, string> price)
    {
        var meta = $"\"meta\":{{\"symbol\":\"{JsonEncodedText.Encode(symbol)}\",\"regularMarketPrice\":{price(symbol, now)}}}";
        if (symbol.StartsWith("EMPTY", StringComparison.Ordinal))
        {
            return $"{{{meta},\"indicators\":{{\"quote\":[{{}}]}}}}";
        }

        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        DateTimeOffset[] starts = [.. Enumerable.Range(1 - MinutesShown, MinutesShown).Select(i => minute.AddMinutes(i))];
        decimal Open(DateTimeOffset start) => Number(price(symbol, start));
        decimal Close(DateTimeOffset start) => Number(price(symbol, start == minute ? now : start.AddSeconds(59)));
        string[] quote =
        [
            Row("open", starts, Open),
            Row("high", starts, start => Math.Max(Open(start), Close(start))),
            Row("low", starts, start => Math.Min(Open(start), Close(start))),
            Row("close", starts, Close),
            Row("volume", starts, static _ => 1_000),
        ];
        return $"{{{meta},{Row("timestamp", starts, static start => start.ToUnixTimeSeconds())},\"indicators\":{{\"quote\":[{{{string.Join(',', quote)}}}]}}}}";
    }

    private static decimal Number(string price) => decimal.Parse(price, CultureInfo.InvariantCulture);

    private static string Row(string name, IEnumerable<DateTimeOffset> starts, Func<DateTimeOffset, decimal> of) =>
        $"\"{name}\":[{string.Join(',', starts.Select(start => of(start).ToString(CultureInfo.InvariantCulture)))}]";
}
