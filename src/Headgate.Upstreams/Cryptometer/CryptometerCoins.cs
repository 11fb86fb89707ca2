using System.Text.Json;

namespace Headgate.Upstreams.Cryptometer;

/// <summary>What is told of one coin.</summary>
internal sealed class CryptometerCoins(CryptometerMarket market)
{
    public const string Exchange = "binance";

    private const int RatioRows = 30;
    private const int CandleRows = 100;

    private static readonly string[] LiquidationExchanges = ["binance", "bitmex", "bybit", "okx"];

    public void Ticker(Utf8JsonWriter json, string coin, DateTimeOffset now, bool isPro)
    {
        var minute = CryptometerMarket.MinuteOf(now);
        var price = market.Price(coin, minute);
        json.WriteStartObject();
        json.WriteString("market_pair", coin + "-USDT");
        json.WriteString("pair", coin + "USDT");
        json.WriteString("symbol", coin);
        json.WriteNumber("price", price);
        json.WriteNumber("high", decimal.Round(price * 1.03m, 4));
        json.WriteNumber("low", decimal.Round(price * 0.97m, 4));
        json.WriteNumber("volume_24", 10_000 + market.Draw(coin, "volume", minute / 60, 9_000_000));
        json.WriteNumber("change_24h", market.Change(coin, minute, 1_440));
        if (isPro)
        {
            json.WriteNumber("usd_price", price);
            json.WriteNumber("change_1h", market.Change(coin, minute, 60));
            json.WriteNumber("change_7d", market.Change(coin, minute, 10_080));
            json.WriteNumber("change_30d", market.Change(coin, minute, 43_200));
            json.WriteNumber("change_90d", market.Change(coin, minute, 129_600));
            json.WriteNumber("change_ytd", market.Change(coin, minute, 259_200));
        }

        json.WriteEndObject();
    }

    // The first row is the one still running; it changes from minute to minute.
    public void Ratios(Utf8JsonWriter json, string coin, TimeSpan timeframe, DateTimeOffset now)
    {
        var running = now.UtcTicks / timeframe.Ticks;
        for (var row = running; row > running - RatioRows; row--)
        {
            var at = new DateTimeOffset(row * timeframe.Ticks, TimeSpan.Zero);
            var step = row == running ? unchecked(CryptometerMarket.MinuteOf(now) * 31) : row;
            var buy = (3_000 + market.Draw(coin, "longs", step, 4_000)) / 100m;
            json.WriteStartObject();
            json.WriteString("buy", CryptometerText.Number(buy, "F2"));
            json.WriteString("sell", CryptometerText.Number(100 - buy, "F2"));
            json.WriteString("ratio", CryptometerText.Number(buy / (100 - buy), "F2"));
            json.WriteNumber("close", market.Price(coin, CryptometerMarket.MinuteOf(row == running ? now : at + timeframe)));
            json.WriteNumber("delta", decimal.Round((2 * buy) - 100, 2));
            json.WriteString("timestamp", CryptometerText.Stamp(at));
            json.WriteEndObject();
        }
    }

    public void Liquidations(Utf8JsonWriter json, string coin, DateTimeOffset now)
    {
        var hour = CryptometerMarket.MinuteOf(now) / 60;
        json.WriteStartObject();
        foreach (var exchange in LiquidationExchanges)
        {
            json.WriteStartObject(exchange);
            // Either side may be missing.
            if (market.Draw(coin, exchange + "has", hour, 4) != 0)
            {
                json.WriteNumber("longs", market.Draw(coin, exchange + "longs", hour, 2_000_000));
            }

            if (market.Draw(coin, exchange + "hasnot", hour, 4) != 0)
            {
                json.WriteNumber("shorts", market.Draw(coin, exchange + "shorts", hour, 2_000_000));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public void Analysis(Utf8JsonWriter json, string coin, DateTimeOffset now)
    {
        json.WriteString("ratio", CryptometerText.Number((50 + market.Draw(coin, "wins", CryptometerMarket.MinuteOf(now) / 1_440, 40)) / 100m, "F2"));
        json.WriteStartArray("trades");
        Positions(json, coin, now, 8);
        json.WriteEndArray();
    }

    // One position in every six hours of a coin, opened at a moment of its own and closed four hours later.
    public void Positions(Utf8JsonWriter json, string coin, DateTimeOffset now, int count)
    {
        const long Slot = 360;
        var last = CryptometerMarket.MinuteOf(now) / Slot;
        for (var slot = last; count > 0 && slot > last - 20; slot--)
        {
            var entry = (slot * Slot) + market.Draw(coin, "entry", slot, Slot);
            if (entry > CryptometerMarket.MinuteOf(now))
            {
                continue;
            }

            count--;
            var price = market.Price(coin, entry);
            var reached = market.Price(coin, Math.Min(CryptometerMarket.MinuteOf(now), entry + 240));
            json.WriteStartObject();
            json.WriteString("pair", coin + "-USDT");
            json.WriteString("symbol", coin);
            json.WriteString("exchange", Exchange);
            json.WriteNumber("entry_price", price);
            json.WriteNumber("price_reached", reached);
            json.WriteNumber("pnl", decimal.Round((reached - price) * 100 / price, 2));
            json.WriteString("side", market.Draw(coin, "long", slot, 2) == 0 ? "LONG" : "SHORT");
            json.WriteString("entry_time", CryptometerText.Stamp(DateTimeOffset.FromUnixTimeSeconds(entry * 60)));
            json.WriteString("status", CryptometerMarket.MinuteOf(now) < entry + 240 ? "open" : "closed");
            json.WriteEndObject();
        }
    }

    public void Candles(Utf8JsonWriter json, string coin, TimeSpan timeframe, DateTimeOffset now)
    {
        var running = now.UtcTicks / timeframe.Ticks;
        for (var row = running; row > running - CandleRows; row--)
        {
            var at = new DateTimeOffset(row * timeframe.Ticks, TimeSpan.Zero);
            var open = market.Price(coin, CryptometerMarket.MinuteOf(at));
            var close = market.Price(coin, CryptometerMarket.MinuteOf(row == running ? now : at + timeframe));
            json.WriteStartObject();
            json.WriteString("timestamp", CryptometerText.Stamp(at));
            json.WriteNumber("open", open);
            json.WriteNumber("high", Math.Max(open, close));
            json.WriteNumber("low", Math.Min(open, close));
            json.WriteNumber("close", close);
            json.WriteNumber("volume", market.Draw(coin, "bar", row, 900_000));
            json.WriteNumber("buy", market.Draw(coin, "barbuy", row, 450_000));
            json.WriteNumber("sell", market.Draw(coin, "barsell", row, 450_000));
            json.WriteNumber("buy_total", market.Draw(coin, "barbuys", row, 4_500_000));
            json.WriteNumber("sell_total", market.Draw(coin, "barsells", row, 4_500_000));
            json.WriteNumber("tradecount", market.Draw(coin, "trades", row, 90_000));
            json.WriteEndObject();
        }
    }

    public void BuySell(Utf8JsonWriter json, string coin, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteNumber("buy", market.Draw(coin, "bought", CryptometerMarket.MinuteOf(now) / 60, 9_000_000));
        json.WriteNumber("sell", market.Draw(coin, "sold", CryptometerMarket.MinuteOf(now) / 60, 9_000_000));
        json.WriteEndObject();
    }

    public void TradeRows(Utf8JsonWriter json, string coin, DateTimeOffset now, int count, bool isLarge)
    {
        var minute = CryptometerMarket.MinuteOf(now);
        for (var i = 0; i < count; i++, minute--)
        {
            var price = market.Price(coin, minute);
            var size = (isLarge ? 10_000 : 1) * (1 + market.Draw(coin, "size", minute, 100));
            json.WriteStartObject();
            if (!isLarge)
            {
                json.WriteString("u_id", $"{coin}{minute}");
            }

            json.WriteString("pair", coin + "-USDT");
            json.WriteString("exchange", Exchange);
            json.WriteNumber("price", price);
            json.WriteNumber("size", size);
            json.WriteNumber("total", decimal.Round(price * size, 4));
            json.WriteString("side", market.Draw(coin, "taker", minute, 2) == 0 ? "BUY" : "SELL");
            json.WriteString("timestamp", CryptometerText.Stamp(DateTimeOffset.FromUnixTimeSeconds(minute * 60)));
            json.WriteEndObject();
        }
    }

    public void OpenInterest(Utf8JsonWriter json, string coin, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("market_pair", coin + "USDT");
        json.WriteString("exchange", "binance_futures");
        json.WriteNumber("open_interest", 1_000_000 + market.Draw(coin, "interest", CryptometerMarket.MinuteOf(now) / 10, 9_000_000));
        json.WriteEndObject();
    }
}
