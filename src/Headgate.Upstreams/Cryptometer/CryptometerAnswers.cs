using System.Buffers;
using System.Text.Json;

namespace Headgate.Upstreams.Cryptometer;

/// <summary>Writes what each endpoint answers, in the shapes that are documented and were recorded: numbers partly as text, rows newest first, lists of whole exchanges.</summary>
/// <remarks>Shapes: specification of the crypto caches §1.1 and two recorded answers. uncertain: members of rows 8, 15, 16 and 18, of which nothing was recorded.</remarks>
internal sealed class CryptometerAnswers
{
    private const int LargeTrades = 66;
    private const int Trades = 400;

    private readonly CryptometerCoins _coins;
    private readonly CryptometerLists _lists;

    public CryptometerAnswers(CryptometerMarket market)
    {
        _coins = new CryptometerCoins(market);
        _lists = new CryptometerLists(market, _coins);
    }

    /// <summary>The answer's body, or null where there is no such endpoint.</summary>
    /// <param name="endpoint">First segment of the path.</param>
    /// <param name="coin">The coin asked for; empty for market-wide endpoints.</param>
    /// <param name="timeframe">1h or 4h.</param>
    /// <param name="now">The moment.</param>
    public ReadOnlyMemory<byte>? Of(string endpoint, string coin, TimeSpan timeframe, DateTimeOffset now)
    {
        if (ArrayOf(endpoint, coin, timeframe, now) is { } rows)
        {
            return Envelope(json =>
            {
                json.WriteStartArray();
                rows(json);
                json.WriteEndArray();
            });
        }

        return ObjectOf(endpoint, coin, now) is { } members
            ? Envelope(json =>
            {
                json.WriteStartObject();
                members(json);
                json.WriteEndObject();
            })
            : (ReadOnlyMemory<byte>?)null;
    }

    private Action<Utf8JsonWriter>? ArrayOf(string endpoint, string coin, TimeSpan timeframe, DateTimeOffset now) => endpoint switch
    {
        "ticker" => json => _coins.Ticker(json, coin, now, isPro: false),
        "rapid-movements" => json => _lists.Movements(json, now),
        "ls-ratio" => json => _coins.Ratios(json, coin, timeframe, now),
        "liquidation-data-v2" => json => _coins.Liquidations(json, coin, now),
        "trend-indicator-v3" => json => _lists.Trend(json, now),
        "ai-screener" => json => _lists.Screener(json, now),
        "tickerlist" => json => _lists.Tickers(json, now, isPro: false),
        "tickerlist-pro" => json => _lists.Tickers(json, now, isPro: true),
        "coinlist" => _lists.CoinList,
        "cryptocurrency-info" => json => _lists.Currency(json, now),
        "coininfo" => json => _lists.CoinInfo(json, now),
        "forex-rates" => _lists.Forex,
        "ohlcv" => json => _coins.Candles(json, coin, timeframe, now),
        "24h-trade-volume-v2" or "merged-trade-volume" => json => _coins.BuySell(json, coin, now),
        "large-trades-activity" => json => _coins.TradeRows(json, coin, now, LargeTrades, isLarge: true),
        "xtrades" => json => _coins.TradeRows(json, coin, now, Trades, isLarge: false),
        "open-interest" => json => _coins.OpenInterest(json, coin, now),
        "volatility-index" => json => _lists.Volatility(json, now),
        _ => null,
    };

    private Action<Utf8JsonWriter>? ObjectOf(string endpoint, string coin, DateTimeOffset now) => endpoint switch
    {
        "ai-screener-analysis" => json => _coins.Analysis(json, coin, now),
        "volume-flow" => json => _lists.Flow(json, now),
        "liquidity-lens" => json => _lists.Lens(json, now),
        "info" => static json =>
        {
            json.WriteString("plan", "demo");
            json.WriteNumber("requests_per_minute", 60);
        },
        _ => null,
    };

    private static ReadOnlyMemory<byte>? Envelope(Action<Utf8JsonWriter> data)
    {
        var output = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("success", "true");
            json.WriteString("error", "false");
            json.WritePropertyName("data");
            data(json);
            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }
}
