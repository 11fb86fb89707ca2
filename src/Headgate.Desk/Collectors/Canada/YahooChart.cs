using System.Text.Json;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Collectors.Canada;

/// <summary>Yahoo's chart of a day's minutes. A minute nobody traded in has nulls, and a day without trades has no stamps: then there is no bar.</summary>
internal static class YahooChart
{
    private const string Provider = "yahoo";

    // Yahoo shuts out who does not look like a browser (its definition's source, read 2026-11-20).
    private static readonly HeaderField Browser = new("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36");

    public static DeskAsk Ask(string symbol, string client) =>
        new(Provider, $"/v8/finance/chart/{Uri.EscapeDataString(symbol)}?interval=1m&range=1d") { Client = client, Headers = [Browser] };

    public static Bar? LastBar(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return Bars(document.RootElement).LastOrDefault();
    }

    public static Commodity? Day(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var bars = Bars(document.RootElement);
        return bars.Count == 0 ? null : new Commodity(bars[^1].Close, bars[0].Open, bars[^1].Close - bars[0].Open, bars[^1].Timestamp);
    }

    private static List<Bar> Bars(JsonElement root)
    {
        var result = root.GetProperty("chart").GetProperty("result")[0];
        var bars = new List<Bar>();
        if (!result.TryGetProperty("timestamp", out var stamps))
        {
            return bars;
        }

        var quote = result.GetProperty("indicators").GetProperty("quote")[0];
        for (var i = 0; i < stamps.GetArrayLength(); i++)
        {
            if (At(quote, "open", i) is { } open && At(quote, "high", i) is { } high && At(quote, "low", i) is { } low && At(quote, "close", i) is { } close)
            {
                bars.Add(new Bar(open, high, low, close, (long)(At(quote, "volume", i) ?? 0), DateTimeOffset.FromUnixTimeSeconds(stamps[i].GetInt64())));
            }
        }

        return bars;
    }

    private static decimal? At(JsonElement quote, string name, int i) =>
        quote.TryGetProperty(name, out var row) && i < row.GetArrayLength() && row[i].ValueKind == JsonValueKind.Number ? row[i].GetDecimal() : null;
}
