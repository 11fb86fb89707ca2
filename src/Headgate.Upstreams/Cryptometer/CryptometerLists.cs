using System.Text.Json;

namespace Headgate.Upstreams.Cryptometer;

/// <summary>What is told of whole markets and exchanges.</summary>
internal sealed class CryptometerLists(CryptometerMarket market, CryptometerCoins coins)
{
    private static readonly string[] Currencies = ["EUR", "GBP", "JPY", "CAD", "CHF", "AUD", "INR", "CNY", "BRL", "KRW", "MXN", "SEK", "NOK", "DKK", "PLN", "TRY", "ZAR", "SGD", "HKD", "NZD"];

    public void Tickers(Utf8JsonWriter json, DateTimeOffset now, bool isPro)
    {
        foreach (var coin in market.Coins)
        {
            coins.Ticker(json, coin, now, isPro);
        }
    }

    public void Movements(Utf8JsonWriter json, DateTimeOffset now)
    {
        foreach (var (coin, change, at) in market.Movements(now))
        {
            json.WriteStartObject();
            json.WriteString("pair", coin + "-USDT");
            json.WriteString("exchange", CryptometerCoins.Exchange);
            json.WriteNumber("change_detected", Math.Abs(change));
            json.WriteString("side", change > 0 ? "PUMP" : "DUMP");
            json.WriteString("timestamp", CryptometerText.Stamp(at));
            json.WriteEndObject();
        }
    }

    public void Trend(Utf8JsonWriter json, DateTimeOffset now)
    {
        var quarter = CryptometerMarket.MinuteOf(now) / 15;
        json.WriteStartObject();
        json.WriteNumber("trend_score", market.Draw("*", "trend", quarter, 10_000) / 100m);
        json.WriteNumber("buy_pressure", market.Draw("*", "buy", quarter, 10_000) / 100m);
        json.WriteNumber("sell_pressure", market.Draw("*", "sell", quarter, 10_000) / 100m);
        json.WriteString("timestamp", CryptometerText.Stamp(now));
        json.WriteEndObject();
    }

    public void Screener(Utf8JsonWriter json, DateTimeOffset now)
    {
        foreach (var coin in market.Coins.Take(40))
        {
            coins.Positions(json, coin, now, 1);
        }
    }

    public void CoinList(Utf8JsonWriter json)
    {
        foreach (var coin in market.Coins)
        {
            json.WriteStartObject();
            json.WriteString("pair", coin + "USDT");
            json.WriteString("market_pair", coin + "-USDT");
            json.WriteEndObject();
        }
    }

    public void Currency(Utf8JsonWriter json, DateTimeOffset now)
    {
        var minute = CryptometerMarket.MinuteOf(now);
        foreach (var coin in market.Coins)
        {
            var price = market.Price(coin, minute);
            json.WriteStartObject();
            json.WriteString("name", coin);
            json.WriteString("pair", coin + "USDT");
            json.WriteString("market_pair", coin + "-USDT");
            json.WriteString("total_supply", CryptometerText.Number(1_000_000 + market.Draw(coin, "supply", 0, 900_000_000), "F0"));
            json.WriteString("circulate_supply", CryptometerText.Number(1_000_000 + market.Draw(coin, "circulating", 0, 800_000_000), "F0"));
            json.WriteNumber("price", price);
            json.WriteNumber("high", decimal.Round(price * 1.03m, 4));
            json.WriteNumber("low", decimal.Round(price * 0.97m, 4));
            json.WriteNumber("volume", market.Draw(coin, "volume", minute / 60, 9_000_000));
            json.WriteNumber("change_24h", market.Change(coin, minute, 1_440));
            json.WriteNumber("change_1h", market.Change(coin, minute, 60));
            json.WriteEndObject();
        }
    }

    public void CoinInfo(Utf8JsonWriter json, DateTimeOffset now)
    {
        foreach (var coin in market.Coins.Take(500))
        {
            var price = market.Price(coin, CryptometerMarket.MinuteOf(now));
            var supply = 1_000_000 + market.Draw(coin, "circulating", 0, 800_000_000);
            json.WriteStartObject();
            json.WriteString("symbol", coin);
            json.WriteString("name", coin);
            json.WriteNumber("totalSupply", 1_000_000 + market.Draw(coin, "supply", 0, 900_000_000));
            json.WriteNumber("circulatingSupply", supply);
            json.WriteNumber("marketCap", decimal.Round(supply * price, 2));
            json.WriteNumber("price", price);
            json.WriteEndObject();
        }
    }

    public void Forex(Utf8JsonWriter json)
    {
        foreach (var currency in Currencies)
        {
            json.WriteStartObject();
            json.WriteString("symbol", currency);
            json.WriteNumber("rate", (1_000 + market.Draw(currency, "rate", 0, 90_000)) / 1_000m);
            json.WriteEndObject();
        }
    }

    public void Volatility(Utf8JsonWriter json, DateTimeOffset now)
    {
        var minute = CryptometerMarket.MinuteOf(now);
        foreach (var coin in market.Coins)
        {
            var price = market.Price(coin, minute);
            json.WriteStartObject();
            json.WriteString("pair", coin + "-USDT");
            json.WriteString("volatility", CryptometerText.Number(Math.Abs(market.Change(coin, minute, 60)), "F2"));
            json.WriteString("price", CryptometerText.Number(price, "F4"));
            json.WriteString("avg_price", CryptometerText.Number(market.Price(coin, minute - 30), "F4"));
            json.WriteString("change", CryptometerText.Number(market.Change(coin, minute, 60), "F2"));
            json.WriteString("volume", CryptometerText.Number(market.Draw(coin, "volume", minute / 60, 9_000_000), "F0"));
            json.WriteString("volume_change", CryptometerText.Number(market.Draw(coin, "volumechange", minute / 60, 200) - 100, "F2"));
            json.WriteEndObject();
        }
    }

    public void Flow(Utf8JsonWriter json, DateTimeOffset now)
    {
        foreach (var (name, from, to) in (ReadOnlySpan<(string, string, string)>)[("inflow", "USDT", ""), ("outflow", "", "USDT")])
        {
            json.WriteStartArray(name);
            foreach (var coin in market.Coins.Take(120))
            {
                json.WriteStartObject();
                json.WriteString("from", from.Length > 0 ? from : coin);
                json.WriteString("to", to.Length > 0 ? to : coin);
                json.WriteNumber("volume", market.Draw(coin, name, CryptometerMarket.MinuteOf(now) / 10, 5_000_000));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    public void Lens(Utf8JsonWriter json, DateTimeOffset now)
    {
        foreach (var coin in market.Coins.Take(200))
        {
            var step = CryptometerMarket.MinuteOf(now) / 10;
            var (inflow, outflow) = (market.Draw(coin, "inflow", step, 5_000_000), market.Draw(coin, "outflow", step, 5_000_000));
            json.WriteStartObject(coin);
            json.WriteNumber("inflow", inflow);
            json.WriteNumber("outflow", outflow);
            json.WriteNumber("netflow", inflow - outflow);
            json.WriteEndObject();
        }
    }
}
