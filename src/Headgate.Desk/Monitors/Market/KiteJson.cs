using System.Globalization;
using System.Text.Json;

namespace Headgate.Desk.Monitors.Market;

/// <summary>Reads Kite's answers. What is not exactly as documented is no data.</summary>
internal static class KiteJson
{
    /// <summary>Quotes by the name that was asked; an item that cannot be believed comes with its fault instead.</summary>
    /// <exception cref="JsonException">The body is no answer of the quote endpoint, or not all of it.</exception>
    public static IReadOnlyList<(string Name, KiteQuote? Quote, string? Fault)> Quotes(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        List<(string, KiteQuote?, string?)> items = [];
        EnterData(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            Next(ref reader);
            var (quote, fault) = Quote(ref reader);
            items.Add((name, quote, fault));
        }

        Finish(ref reader);
        return items;
    }

    /// <summary>Bars of the historical endpoint.</summary>
    /// <exception cref="JsonException">The body is no such answer, or not all of it.</exception>
    /// <exception cref="FormatException">A bar cannot be believed: none is then, for a gap would falsify every indicator made of them.</exception>
    public static IReadOnlyList<KiteBar> Bars(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        List<KiteBar> bars = [];
        EnterData(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            var isCandles = reader.ValueTextEquals("candles");
            Next(ref reader);
            if (!isCandles)
            {
                reader.Skip();
                continue;
            }

            Require(ref reader, JsonTokenType.StartArray);
            while (Next(ref reader) != JsonTokenType.EndArray)
            {
                bars.Add(Bar(ref reader));
                if (bars.Count > 1 && bars[^1].Start <= bars[^2].Start)
                {
                    throw new FormatException("Bars are not in the order of time.");
                }
            }
        }

        Finish(ref reader);
        return bars;
    }

    private static (KiteQuote? Quote, string? Fault) Quote(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return (null, "its quote is no object");
        }

        // By hand, without a copy per field: a day reads a hundred thousand of these.
        decimal last = 0, open = 0, high = 0, low = 0, close = 0;
        long volume = 0, oi = 0, oiHigh = 0, oiLow = 0;
        string? fault = null;
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            if (TryTake(ref reader, "last_price"u8))
            {
                last = Price(ref reader, "last_price", ref fault);
            }
            else if (TryTake(ref reader, "volume"u8))
            {
                volume = Count(ref reader, "volume", ref fault);
            }
            else if (TryTake(ref reader, "oi"u8))
            {
                oi = Count(ref reader, "oi", ref fault);
            }
            else if (TryTake(ref reader, "oi_day_high"u8))
            {
                oiHigh = Count(ref reader, "oi_day_high", ref fault);
            }
            else if (TryTake(ref reader, "oi_day_low"u8))
            {
                oiLow = Count(ref reader, "oi_day_low", ref fault);
            }
            else if (TryTake(ref reader, "ohlc"u8) && reader.TokenType == JsonTokenType.StartObject)
            {
                (open, high, low, close) = Ohlc(ref reader, ref fault);
            }
            else
            {
                reader.Skip();
            }
        }

        fault ??= last > 0 ? null : "last_price is not above zero";
        return fault is null ? (new KiteQuote(last, volume, open, high, low, close, oi, oiHigh, oiLow), null) : (null, fault);
    }

    private static (decimal Open, decimal High, decimal Low, decimal Close) Ohlc(ref Utf8JsonReader reader, ref string? fault)
    {
        decimal open = 0, high = 0, low = 0, close = 0;
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            if (TryTake(ref reader, "open"u8))
            {
                open = Price(ref reader, "open", ref fault);
            }
            else if (TryTake(ref reader, "high"u8))
            {
                high = Price(ref reader, "high", ref fault);
            }
            else if (TryTake(ref reader, "low"u8))
            {
                low = Price(ref reader, "low", ref fault);
            }
            else if (TryTake(ref reader, "close"u8))
            {
                close = Price(ref reader, "close", ref fault);
            }
            else
            {
                reader.Skip();
            }
        }

        return (open, high, low, close);
    }

    // On a property of that name goes on to its value.
    private static bool TryTake(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name) && Next(ref reader) != JsonTokenType.None;

    private static KiteBar Bar(ref Utf8JsonReader reader)
    {
        Require(ref reader, JsonTokenType.StartArray);
        Next(ref reader);
        Require(ref reader, JsonTokenType.String);
        var start = DateTimeOffset.ParseExact(reader.GetString()!, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None);
        string? fault = null;
        var open = NextPrice(ref reader, "open", ref fault);
        var high = NextPrice(ref reader, "high", ref fault);
        var low = NextPrice(ref reader, "low", ref fault);
        var close = NextPrice(ref reader, "close", ref fault);
        Next(ref reader);
        var volume = Count(ref reader, "volume", ref fault);
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            // Open interest, where it was asked for.
            reader.Skip();
        }

        if (fault is not null || low <= 0 || high < Math.Max(open, close) || low > Math.Min(open, close))
        {
            throw new FormatException(fault ?? $"The bar of {start:yyyy-MM-dd HH:mm} is impossible.");
        }

        return new KiteBar(start, open, high, low, close, volume);
    }

    private static decimal NextPrice(ref Utf8JsonReader reader, string field, ref string? fault)
    {
        Next(ref reader);
        return Price(ref reader, field, ref fault);
    }

    private static decimal Price(ref Utf8JsonReader reader, string field, ref string? fault)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var price) && price >= 0)
        {
            return price;
        }

        fault ??= $"{field} is no price";
        reader.Skip();
        return 0;
    }

    private static long Count(ref Utf8JsonReader reader, string field, ref string? fault)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var count) && count is >= 0 and <= long.MaxValue && count == decimal.Truncate(count))
        {
            return (long)count;
        }

        fault ??= $"{field} is no count";
        reader.Skip();
        return 0;
    }

    private static void EnterData(ref Utf8JsonReader reader, JsonTokenType kind)
    {
        Next(ref reader);
        Require(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            var isData = reader.ValueTextEquals("data");
            Next(ref reader);
            if (isData)
            {
                Require(ref reader, kind);
                return;
            }

            reader.Skip();
        }

        throw new JsonException("There is no data.");
    }

    // To the very end: what is cut off is no answer.
    private static void Finish(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
        }
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw new JsonException("It ends too early.");

    private static void Require(ref Utf8JsonReader reader, JsonTokenType kind)
    {
        if (reader.TokenType != kind)
        {
            throw new JsonException($"There is a {reader.TokenType} where a {kind} belongs.");
        }
    }
}
