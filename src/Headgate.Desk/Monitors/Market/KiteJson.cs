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

        var quote = new KiteQuote(0, 0, 0, 0, 0, 0, 0, 0, 0);
        string? fault = null;
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            var field = reader.GetString()!;
            Next(ref reader);
            switch (field)
            {
                case "last_price":
                    quote = quote with { Last = Price(ref reader, field, ref fault) };
                    break;
                case "volume":
                    quote = quote with { Volume = Count(ref reader, field, ref fault) };
                    break;
                case "oi":
                    quote = quote with { Oi = Count(ref reader, field, ref fault) };
                    break;
                case "oi_day_high":
                    quote = quote with { OiDayHigh = Count(ref reader, field, ref fault) };
                    break;
                case "oi_day_low":
                    quote = quote with { OiDayLow = Count(ref reader, field, ref fault) };
                    break;
                case "ohlc" when reader.TokenType == JsonTokenType.StartObject:
                    quote = Ohlc(ref reader, quote, ref fault);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        fault ??= quote.Last > 0 ? null : "last_price is not above zero";
        return fault is null ? (quote, null) : (null, fault);
    }

    private static KiteQuote Ohlc(ref Utf8JsonReader reader, KiteQuote quote, ref string? fault)
    {
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            var field = reader.GetString()!;
            Next(ref reader);
            switch (field)
            {
                case "open":
                    quote = quote with { Open = Price(ref reader, field, ref fault) };
                    break;
                case "high":
                    quote = quote with { High = Price(ref reader, field, ref fault) };
                    break;
                case "low":
                    quote = quote with { Low = Price(ref reader, field, ref fault) };
                    break;
                case "close":
                    quote = quote with { PreviousClose = Price(ref reader, field, ref fault) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return quote;
    }

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
