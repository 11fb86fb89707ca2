namespace Headgate.Upstreams.Cryptometer;

/// <summary>What a request asks, by the parameters its endpoint wants and the way each writes symbols.</summary>
/// <param name="Endpoint">First segment of the path.</param>
/// <param name="Coin">The coin, in upper case; empty for market-wide endpoints.</param>
/// <param name="Timeframe">1h or 4h; 1h where the endpoint has none.</param>
/// <param name="Problem">What is wrong with it, in the upstream's words, or null.</param>
internal sealed record CryptometerAsk(string Endpoint, string Coin, TimeSpan Timeframe, string? Problem)
{
    private const string NoData = "No Data";

    public static CryptometerAsk Of(string endpoint, TwinTarget target)
    {
        var (parameter, spelling) = SymbolOf(endpoint);
        var missing = Wanted(endpoint).FirstOrDefault(name => target.First(name) is not { Length: > 0 });
        var text = parameter.Length > 0 ? target.First(parameter) ?? "" : "";
        var problem = missing is not null ? $"Parameter {missing} is missing"
            : target.First("e") is { } exchange && exchange is not ("binance" or "binance_futures" or "bitfinex" or "bybit" or "okx") ? "Invalid exchange"
            : spelling(text) ? null
            : NoData;
        return new CryptometerAsk(endpoint, CoinOf(text), TimeSpan.FromHours(target.First("timeframe") is "4h" ? 4 : 1), problem);
    }

    private static string[] Wanted(string endpoint) => endpoint switch
    {
        "ticker" => ["e", "market_pair"],
        "ls-ratio" or "ohlcv" => ["e", "pair", "timeframe"],
        "liquidation-data-v2" or "ai-screener-analysis" => ["symbol"],
        "tickerlist" or "tickerlist-pro" or "coinlist" => ["e"],
        "cryptocurrency-info" => ["e", "filter"],
        "forex-rates" => ["source"],
        "24h-trade-volume-v2" or "large-trades-activity" => ["e", "pair"],
        "xtrades" => ["e", "symbol"],
        "open-interest" => ["e", "market_pair"],
        "volume-flow" or "liquidity-lens" => ["timeframe"],
        "volatility-index" => ["e", "timeframe"],
        "merged-trade-volume" => ["symbol", "timeframe", "exchange_type"],
        _ => [],
    };

    private static (string Parameter, Func<string, bool> Spelling) SymbolOf(string endpoint) => endpoint switch
    {
        "ticker" => ("market_pair", static _ => true),
        "ls-ratio" => ("pair", static text => text.Contains('-', StringComparison.Ordinal)),
        "ohlcv" or "24h-trade-volume-v2" or "large-trades-activity" => ("pair", static text => text.Contains('-', StringComparison.Ordinal) && !text.Any(char.IsAsciiLetterLower)),
        "liquidation-data-v2" or "xtrades" => ("symbol", static text => !text.Contains('-', StringComparison.Ordinal) && !text.Any(char.IsAsciiLetterUpper)),
        "ai-screener-analysis" or "merged-trade-volume" => ("symbol", static text => !text.Contains('-', StringComparison.Ordinal) && !text.Any(char.IsAsciiLetterLower)),
        "open-interest" => ("market_pair", static text => text.EndsWith("USDT", StringComparison.Ordinal) && !text.Contains('-', StringComparison.Ordinal)),
        _ => ("", static _ => true),
    };

    private static string CoinOf(string text)
    {
        var plain = text.ToUpperInvariant();
        var dash = plain.IndexOf('-', StringComparison.Ordinal);
        return dash >= 0 ? plain[..dash] : plain.Length > 4 && plain.EndsWith("USDT", StringComparison.Ordinal) ? plain[..^4] : plain;
    }
}
