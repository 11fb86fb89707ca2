using System.Globalization;
using System.Text.Json;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>Answers of the quote class. Everything in an item follows from its last trade, so it changes only when a price does.</summary>
internal static class KiteQuotes
{
    private const decimal Tick = 0.05m;

    /// <summary>Full, ohlc or ltp quotes keyed by the asked strings, in order, each once; unknown ones are absent.</summary>
    public static TwinReply Answer(IMarketTape tape, KiteBook book, TwinTarget target, string endpoint, DateTimeOffset now)
    {
        var asked = target.All("i").ToList();
        var max = string.Equals(endpoint, "quote", StringComparison.Ordinal) ? KiteLimits.QuoteItemsMax : KiteLimits.SmallQuoteItemsMax;
        if (asked.Count > max)
        {
            return KiteReply.Input(string.Create(CultureInfo.InvariantCulture, $"Maximum {max} instruments allowed per request"));
        }

        if (asked.Count == 0)
        {
            return KiteReply.Input("Missing or empty field `i`");
        }

        return KiteReply.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var name in asked.Distinct(StringComparer.Ordinal))
            {
                if (book.Find(name) is { } instrument)
                {
                    WriteItem(writer, name, tape, instrument, endpoint, now);
                }
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>Cover order trigger ranges, keyed like quotes.</summary>
    public static TwinReply TriggerRange(IMarketTape tape, KiteBook book, TwinTarget target, string side, DateTimeOffset now)
    {
        if (side is not ("buy" or "sell" or "BUY" or "SELL"))
        {
            return KiteReply.Input("Invalid `transaction_type`");
        }

        var buys = side is "buy" or "BUY";
        return KiteReply.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var name in target.All("i").Distinct(StringComparer.Ordinal))
            {
                if (book.Find(name) is { } instrument && KitePricing.QuoteAt(tape, instrument, now) is { } quote)
                {
                    writer.WriteStartObject(name);
                    writer.WriteNumber("instrument_token", instrument.Token);
                    writer.WriteNumber("lower", TapePrice.Round(quote.Last * (buys ? 0.95m : 1.005m), 3));
                    writer.WriteNumber("upper", TapePrice.Round(quote.Last * (buys ? 0.995m : 1.05m), 3));
                    writer.WriteEndObject();
                }
            }

            writer.WriteEndObject();
        });
    }

    private static void WriteItem(Utf8JsonWriter writer, string name, IMarketTape tape, KiteInstrument instrument, string endpoint, DateTimeOffset now)
    {
        if (string.Equals(endpoint, "quote-ltp", StringComparison.Ordinal))
        {
            if (KitePricing.LastAt(tape, instrument, now) is { } last)
            {
                writer.WriteStartObject(name);
                writer.WriteNumber("instrument_token", instrument.Token);
                writer.WriteNumber("last_price", last);
                writer.WriteEndObject();
            }
        }
        else if (KitePricing.QuoteAt(tape, instrument, now) is { } quote)
        {
            writer.WriteStartObject(name);
            writer.WriteNumber("instrument_token", instrument.Token);
            if (string.Equals(endpoint, "quote-ohlc", StringComparison.Ordinal))
            {
                writer.WriteNumber("last_price", quote.Last);
                WriteOhlc(writer, quote);
            }
            else
            {
                WriteFull(writer, instrument, quote);
            }

            writer.WriteEndObject();
        }
    }

    private static void WriteFull(Utf8JsonWriter writer, KiteInstrument instrument, in TapeQuote quote)
    {
        var stamp = KiteTime.Stamp(quote.LastTradeAt);
        if (instrument.IsIndex)
        {
            // Indices have no trades and no depth (the two-key sample of the .NET client's tests).
            writer.WriteString("tradingsymbol", instrument.TradingSymbol);
            writer.WriteString("timestamp", stamp);
            writer.WriteNumber("last_price", quote.Last);
            writer.WriteNumber("net_change", TapePrice.Trim(quote.Last - quote.PreviousClose));
            WriteOhlc(writer, quote);
            return;
        }

        var draw = unchecked(SyntheticPath.Mix(instrument.Token + ((ulong)quote.LastTradeAt.ToUnixTimeSeconds() << 24)));
        var depth = new KiteDepth(draw, quote.Last, Tick);
        writer.WriteString("timestamp", stamp);
        writer.WriteString("last_trade_time", stamp);
        writer.WriteNumber("last_price", quote.Last);
        writer.WriteNumber("last_quantity", 1 + (long)(draw % 500));
        writer.WriteNumber("buy_quantity", depth.BuyQuantity);
        writer.WriteNumber("sell_quantity", depth.SellQuantity);
        writer.WriteNumber("volume", quote.Volume);
        writer.WriteNumber("average_price", quote.Average);
        var (oi, high, low) = KiteOpenInterest.At(instrument, quote.LastTradeAt);
        writer.WriteNumber("oi", oi);
        writer.WriteNumber("oi_day_high", high);
        writer.WriteNumber("oi_day_low", low);
        writer.WriteNumber("net_change", TapePrice.Trim(quote.Last - quote.PreviousClose));
        writer.WriteNumber("lower_circuit_limit", TapePrice.ToTick(quote.PreviousClose * 0.9m, Tick));
        writer.WriteNumber("upper_circuit_limit", TapePrice.ToTick(quote.PreviousClose * 1.1m, Tick));
        WriteOhlc(writer, quote);
        depth.Write(writer);
    }

    private static void WriteOhlc(Utf8JsonWriter writer, in TapeQuote quote)
    {
        writer.WriteStartObject("ohlc");
        writer.WriteNumber("open", quote.Open);
        writer.WriteNumber("high", quote.High);
        writer.WriteNumber("low", quote.Low);
        writer.WriteNumber("close", quote.PreviousClose);
        writer.WriteEndObject();
    }
}
