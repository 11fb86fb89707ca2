using System.Text;
using Headgate.Catalogue;
using Headgate.Testing;
using Headgate.Tests.Catalogue;
using Headgate.Upstream;

namespace Headgate.Tests.Providers;

/// <summary>Every recorded body of every shipped provider means what it meant when it was recorded.</summary>
public sealed class RecordedProviderTests
{
    private const string Json = "application/json";
    private static readonly CatalogueModel Shipped = CatalogueLoader.LoadShipped();

    /// <summary>Provider, target, file under fixtures, status, content type, outcome, limits closed.</summary>
    public static TheoryData<string, string, string, int, string, OutcomeKind, string> Bodies { get; } = new()
    {
        { "alphavantage", "/query?function=GLOBAL_QUOTE&symbol=A", "alphavantage/global_quote.json", 200, Json, OutcomeKind.Success, "" },
        { "alphavantage", "/query?function=CURRENCY_EXCHANGE_RATE", "alphavantage/currency_exchange_rate.json", 200, Json, OutcomeKind.Success, "" },
        { "alphavantage", "/query?function=REALTIME_BULK_QUOTES&symbol=A", "alphavantage/realtime_bulk_quotes_shape.json", 200, Json, OutcomeKind.Success, "" },
        { "alphavantage", "/query?function=SYMBOL_SEARCH", "alphavantage/symbol_search.json", 200, Json, OutcomeKind.Success, "" },
        { "alphavantage", "/query?function=TIME_SERIES_INTRADAY", "alphavantage/time_series_intraday.json", 200, Json, OutcomeKind.Success, "" },
        { "alphavantage", "/query?function=GLOBAL_QUOTE", "alphavantage/soft/200_burst_limit.json", 200, Json, OutcomeKind.Limited, "second" },
        { "alphavantage", "/query?function=OVERVIEW&datatype=csv", "alphavantage/soft/200_daily_limit.json", 200, "application/x-download", OutcomeKind.Limited, "day" },
        { "alphavantage", "/query?function=OVERVIEW", "alphavantage/soft/200_daily_limit.json", 200, Json, OutcomeKind.Limited, "day" },
        { "alphavantage", "/query?function=GLOBAL_QUOTE", "alphavantage/soft/200_empty_global_quote.json", 200, Json, OutcomeKind.NotFound, "" },
        { "alphavantage", "/query?function=TIME_SERIES_DAILY", "alphavantage/soft/200_invalid_call.json", 200, Json, OutcomeKind.Permanent, "" },
        { "alphavantage", "/query?function=OVERVIEW", "alphavantage/soft/200_note_legacy.json", 200, Json, OutcomeKind.Limited, "second" },
        { "alphavantage", "/query?function=TIME_SERIES_DAILY_ADJUSTED", "alphavantage/soft/200_premium_endpoint.json", 200, Json, OutcomeKind.Plan, "" },
        { "finnhub", "/quote?symbol=AAPL", "finnhub/quote_AAPL.json", 200, Json, OutcomeKind.Success, "" },
        { "finnhub", "/quote?symbol=NONE", "finnhub/quote_unknown_symbol.json", 200, Json, OutcomeKind.NotFound, "" },
        { "finnhub", "/stock/candle?symbol=A", "finnhub/candle_no_data.json", 200, Json, OutcomeKind.NotFound, "" },
        { "finnhub", "/quote", "finnhub/errors/401_bad_key.json", 401, Json, OutcomeKind.Unauthorized, "" },
        { "finnhub", "/stock/candle", "finnhub/errors/403_no_access.json", 403, Json, OutcomeKind.Plan, "" },
        { "finnhub", "/quote", "finnhub/errors/429_limit.json", 429, Json, OutcomeKind.Limited, "minute" },
        { "finnhub", "/quote", "finnhub/soft/200_marketing_page.html", 200, "text/html; charset=utf-8", OutcomeKind.Malformed, "" },
        { "newsapi", "/v2/everything?q=a", "newsapi/everything_shape.json", 200, Json, OutcomeKind.Success, "" },
        { "newsapi", "/v2/everything?q=a", "newsapi/errors/401_key_invalid.json", 401, Json, OutcomeKind.Unauthorized, "" },
        { "newsapi", "/v2/everything?q=a", "newsapi/errors/429_rate_limited.json", 429, Json, OutcomeKind.Limited, "day half-day" },
        { "newsapi", "/v2/everything?q=a", "newsapi/errors/429_rate_limited.json", 500, Json, OutcomeKind.Limited, "day half-day" },
        { "binance", "/api/v3/ticker/bookTicker?symbols=%5B%22A%22%5D", "binance/book_ticker_multi.json", 200, Json, OutcomeKind.Success, "" },
        { "binance", "/api/v3/depth?symbol=A", "binance/depth.json", 200, Json, OutcomeKind.Success, "" },
        { "binance", "/api/v3/exchangeInfo", "binance/exchange_info_rate_limits.json", 200, Json, OutcomeKind.Success, "" },
        { "binance", "/api/v3/klines?symbol=A", "binance/klines.json", 200, Json, OutcomeKind.Success, "" },
        { "binance", "/api/v3/ticker/24hr?symbol=A", "binance/ticker_24hr_single.json", 200, Json, OutcomeKind.Success, "" },
        { "binance", "/api/v3/ticker/price", "binance/ticker_price_multi.json", 200, Json, OutcomeKind.Success, "" },
        { "binance", "/api/v3/ticker/price?symbol=A", "binance/ticker_price_single.json", 200, Json, OutcomeKind.Success, "" },
        { "binance", "/api/v3/ticker/price?symbol=A", "binance/errors/400_bad_symbol.json", 400, Json, OutcomeKind.NotFound, "" },
        { "binance", "/api/v3/ticker/price?symbol=A", "binance/errors/418_banned.json", 418, Json, OutcomeKind.Limited, "weight" },
        { "binance", "/api/v3/ticker/price?symbol=A", "binance/errors/429_weight.json", 429, Json, OutcomeKind.Limited, "weight" },
        { "kraken", "/0/public/OHLC?pair=ETHXBT", "kraken/ohlc_XETHXXBT.json", 200, Json, OutcomeKind.Success, "" },
        { "kraken", "/0/public/Ticker?pair=ETHUSD", "kraken/ticker_ETHUSD_answered_as_XETHZUSD.json", 200, Json, OutcomeKind.Success, "" },
        { "kraken", "/0/public/Ticker?pair=ETHUSD", "kraken/errors/200_too_many_requests.json", 200, Json, OutcomeKind.Limited, "public" },
        { "kraken", "/0/public/Ticker?pair=NO", "kraken/errors/200_unknown_pair.json", 200, Json, OutcomeKind.NotFound, "" },
        { "twelvedata", "/price?symbol=AAPL,MSFT", "twelvedata/price_batch_shape.json", 200, Json, OutcomeKind.Success, "" },
        { "twelvedata", "/price?symbol=AAPL", "twelvedata/price_single_shape.json", 200, Json, OutcomeKind.Success, "" },
        { "twelvedata", "/price?symbol=ABC%2FXYZ", "twelvedata/errors/400_symbol.json", 400, Json, OutcomeKind.NotFound, "" },
        { "twelvedata", "/price?symbol=A", "twelvedata/errors/429_minute_credits.json", 429, Json, OutcomeKind.Limited, "minute" },
        { "twelvedata", "/price?symbol=A", "twelvedata/errors/429_minute_credits.json", 200, Json, OutcomeKind.Limited, "minute" },
        { "cryptometer", "/ls-ratio/?pair=avax-usdt", "cryptometer/ls_ratio_shape.json", 200, Json, OutcomeKind.Success, "" },
        { "cryptometer", "/rapid-movements/", "cryptometer/rapid_movements.json", 200, Json, OutcomeKind.Success, "" },
        { "cryptometer", "/ticker/", "cryptometer/soft/200_error.json", 200, Json, OutcomeKind.Unauthorized, "" },
        { "cryptometer", "/liquidation-data-v2/", "cryptometer/soft/200_no_data.json", 200, Json, OutcomeKind.NotFound, "" },
        { "yahoo", "/v8/finance/chart/AAPL", "yahoo/chart_AAPL_1d.json", 200, Json, OutcomeKind.Success, "" },
        { "yahoo", "/v8/finance/chart/AAPL", "yahoo/chart_AAPL_1m_empty_weekend.json", 200, Json, OutcomeKind.Success, "" },
        { "yahoo", "/v8/finance/chart/BTC-USD", "yahoo/chart_BTC-USD.json", 200, Json, OutcomeKind.Success, "" },
        { "yahoo", "/v7/finance/quote?symbols=AAPL", "yahoo/quote_AAPL.json", 200, Json, OutcomeKind.Success, "" },
        { "yahoo", "/v7/finance/quote?symbols=AAPL,BABA", "yahoo/quote_AAPL_BABA.json", 200, Json, OutcomeKind.Success, "" },
        { "yahoo", "/v7/finance/quote?symbols=BTC-USD", "yahoo/quote_BTC-USD.json", 200, Json, OutcomeKind.Success, "" },
        { "yahoo", "/v7/finance/quote?symbols=SI", "yahoo/quote_delisted_SI.json", 200, Json, OutcomeKind.Success, "" },
        { "yahoo", "/v1/finance/search?q=AAPL", "yahoo/search_AAPL.json", 200, Json, OutcomeKind.Success, "" },
        { "yahoo", "/v7/finance/spark?symbols=MSFT", "yahoo/spark_v7_shape.json", 200, Json, OutcomeKind.Success, "" },
        { "yahoo", "/v8/finance/spark?symbols=AAPL", "yahoo/spark_v8_shape.json", 200, Json, OutcomeKind.Success, "" },
        { "yahoo", "/v7/finance/quote?symbols=A", "yahoo/errors/401_invalid_crumb.json", 401, Json, OutcomeKind.Unauthorized, "" },
        { "yahoo", "/v8/finance/chart/NO", "yahoo/errors/404_chart_not_found.json", 404, Json, OutcomeKind.NotFound, "" },
        { "yahoo", "/v8/finance/chart/NO", "yahoo/errors/404_chart_not_found.json", 200, Json, OutcomeKind.NotFound, "" },
        { "yahoo", "/v8/finance/chart/A", "yahoo/errors/429_edge.txt", 429, "text/plain", OutcomeKind.Limited, "address" },
        { "questrade", "/v1/markets/quotes?ids=8049", "questrade/quotes_batch.json", 200, Json, OutcomeKind.Success, "" },
        { "questrade", "/v1/markets/quotes?ids=8049", "questrade/quotes_batch_delayed.json", 200, Json, OutcomeKind.Success, "" },
        { "questrade", "/v1/markets/quotes/8049", "questrade/quotes_single.json", 200, Json, OutcomeKind.Success, "" },
        { "questrade", "/v1/symbols?names=XYZ", "questrade/symbols_single.json", 200, Json, OutcomeKind.Success, "" },
        { "questrade", "/v1/markets/candles/8049", "questrade/candles.json", 200, Json, OutcomeKind.Success, "" },
        { "questrade", "/v1/accounts/1/positions", "questrade/positions.json", 200, Json, OutcomeKind.Success, "" },
        { "questrade", "/v1/accounts/1/balances", "questrade/balances.json", 200, Json, OutcomeKind.Success, "" },
        { "questrade", "/oauth2/token", "questrade/token_refresh.json", 200, Json, OutcomeKind.Success, "" },
        { "questrade", "/v1/nothing", "questrade/errors/400_general.json", 400, Json, OutcomeKind.Permanent, "" },
        { "coinbase-advanced", "/api/v3/brokerage/accounts", "coinbase-advanced/accounts.json", 200, Json, OutcomeKind.Success, "" },
        { "coinbase-advanced", "/api/v3/brokerage/best_bid_ask?product_ids=A", "coinbase-advanced/best_bid_ask.json", 200, Json, OutcomeKind.Success, "" },
        { "coinbase-advanced", "/api/v3/brokerage/market/products/A/candles", "coinbase-advanced/candles.json", 200, Json, OutcomeKind.Success, "" },
        { "coinbase-advanced", "/api/v3/brokerage/market/products/A/ticker", "coinbase-advanced/market_trades.json", 200, Json, OutcomeKind.Success, "" },
        { "coinbase-advanced", "/api/v3/brokerage/market/products?product_ids=A", "coinbase-advanced/products.json", 200, Json, OutcomeKind.Success, "" },
        { "coinbase-advanced", "/api/v3/brokerage/market/products/NO", "coinbase-advanced/errors/404.json", 404, Json, OutcomeKind.NotFound, "" },
        { "coinbase-advanced", "/api/v3/brokerage/accounts", "coinbase-advanced/errors/429.json", 429, Json, OutcomeKind.Limited, "private" },
        { "alpaca", "/v2/stocks/snapshots?symbols=AAPL", "alpaca/snapshots_AAPL.json", 200, Json, OutcomeKind.Success, "" },
        { "massive", "/v2/aggs/ticker/AAPL/range/1/day/2005-04-01/2005-04-04", "massive-polygon/aggs_AAPL.json", 200, Json, OutcomeKind.Success, "" },
        { "massive", "/v3/snapshot/indices?ticker.any_of=SPX", "massive-polygon/snapshot_indices_mixed_errors.json", 200, Json, OutcomeKind.Success, "" },
        { "massive", "/v2/snapshot/locale/us/markets/stocks/tickers?tickers=A", "massive-polygon/snapshot_tickers.json", 200, Json, OutcomeKind.Success, "" },
        { "massive", "/v3/snapshot?ticker.any_of=A", "massive-polygon/snapshot_universal.json", 200, Json, OutcomeKind.Success, "" },
        { "telegram", "/bot1:a/sendMessage", "telegram/send_message_ok_shape.json", 200, Json, OutcomeKind.Success, "" },
        { "telegram", "/bot1:a/sendMessage", "telegram/errors/401.json", 401, Json, OutcomeKind.Unauthorized, "" },
        { "telegram", "/bot1:a/sendMessage", "telegram/errors/429.json", 429, Json, OutcomeKind.Limited, "bot" },
        { "airtable", "/v0/app1/Table", "airtable/list_records_shape.json", 200, Json, OutcomeKind.Success, "" },
        { "airtable", "/v0/app1/Table", "airtable/errors/422_shape.json", 422, Json, OutcomeKind.Permanent, "" },
        { "airtable", "/v0/app1/Table", "airtable/errors/429.json", 429, Json, OutcomeKind.Limited, "base" },
    };

    /// <summary>Of batched endpoints: the items of the body in its order.</summary>
    public static TheoryData<string, string, string, string> Batches { get; } = new()
    {
        { "kite", "/quote?i=A", "kite/quote_two_keys.json", "NSE:ASHOKLEY NSE:NIFTY 50" },
        { "kite", "/quote/ohlc?i=A", "kite/ohlc_token_and_symbol_key.json", "" },
        { "alphavantage", "/query?function=REALTIME_BULK_QUOTES&symbol=A", "alphavantage/realtime_bulk_quotes_shape.json", "MSFT,AAPL" },
        { "binance", "/api/v3/ticker/bookTicker?symbols=%5B%22A%22,%22B%22%5D", "binance/book_ticker_multi.json", "LTCBTC,ETHBTC" },
        { "binance", "/api/v3/ticker/price?symbols=%5B%22A%22,%22B%22%5D", "binance/ticker_price_multi.json", "LTCBTC,ETHBTC" },
        { "twelvedata", "/price?symbol=AAPL,MSFT", "twelvedata/price_batch_shape.json", "AAPL,MSFT" },
        { "yahoo", "/v7/finance/quote?symbols=AAPL", "yahoo/quote_AAPL.json", "AAPL" },
        { "yahoo", "/v7/finance/quote?symbols=AAPL,BABA", "yahoo/quote_AAPL_BABA.json", "AAPL,BABA" },
        { "yahoo", "/v7/finance/quote?symbols=SI", "yahoo/quote_delisted_SI.json", "SI" },
        { "yahoo", "/v7/finance/spark?symbols=MSFT", "yahoo/spark_v7_shape.json", "MSFT" },
        { "yahoo", "/v8/finance/spark?symbols=AAPL", "yahoo/spark_v8_shape.json", "AAPL" },
        { "questrade", "/v1/markets/quotes?ids=8049", "questrade/quotes_batch.json", "" },
        { "questrade", "/v1/markets/quotes?ids=8049", "questrade/quotes_batch_delayed.json", "" },
        { "coinbase-advanced", "/api/v3/brokerage/best_bid_ask?product_ids=A", "coinbase-advanced/best_bid_ask.json", "TRAC-EUR" },
        { "coinbase-advanced", "/api/v3/brokerage/market/products?product_ids=A", "coinbase-advanced/products.json", "" },
        { "alpaca", "/v2/stocks/snapshots?symbols=AAPL", "alpaca/snapshots_AAPL.json", "AAPL" },
        { "massive", "/v3/snapshot/indices?ticker.any_of=SPX", "massive-polygon/snapshot_indices_mixed_errors.json", "SPX,APx,APy" },
        { "massive", "/v2/snapshot/locale/us/markets/stocks/tickers?tickers=A", "massive-polygon/snapshot_tickers.json", "" },
        { "massive", "/v3/snapshot?ticker.any_of=A", "massive-polygon/snapshot_universal.json", "" },
    };

    [SharedTheory]
    [MemberData(nameof(Bodies))]
    public void A_recorded_body_is_classified(string provider, string target, string file, int status, string contentType, OutcomeKind expected, string closes)
    {
        var model = Shipped.Find(provider)!;
        var plan = Definitions.Plan(model, Definitions.Get(target));
        var found = OutcomeClassifier.Classify(model, plan.Endpoint, status, [new HeaderField("Content-Type", contentType)], Read(file), default);
        found.Kind.ShouldBe(expected);
        string.Join(' ', found.Limits.Select(limit => limit.Name)).ShouldBe(closes);
    }

    [SharedTheory]
    [MemberData(nameof(Batches))]
    public void A_recorded_batch_is_split_and_put_together_again_byte_for_byte(string provider, string target, string file, string names)
    {
        var endpoint = Definitions.Plan(Shipped.Find(provider)!, Definitions.Get(target)).Endpoint;
        var body = Read(file);
        var split = ItemSplitter.Split(body, endpoint.Batch!).ShouldNotBeNull();
        split.Items.ShouldNotBeEmpty();
        if (names.Contains(',', StringComparison.Ordinal))
        {
            split.Items.Keys.ShouldBe(names.Split(','));
        }

        List<byte> again = [.. split.Prefix.Span];
        var isFirst = true;
        foreach (var item in split.Items.Values)
        {
            again.AddRange(isFirst ? default : split.Separator.Span);
            again.AddRange(item.Whole.Span);
            isFirst = false;
        }

        again.AddRange(split.Suffix.Span);
        again.ShouldBe(body);
    }

    [SharedFact]
    public void Every_recorded_file_is_in_one_of_the_tables()
    {
        var root = SharedFiles.Path("fixtures");
        var tested = Bodies.Select(row => (string)row[2]!).Concat(Batches.Select(row => (string)row[2]!)).ToHashSet(StringComparer.Ordinal);
        // Kite and Coinbase Exchange have a table of their own; streams are not catalogued, and descriptions are no bodies.
        var missing = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => file.Contains('/', StringComparison.Ordinal) && !file.StartsWith("kite/", StringComparison.Ordinal) && !file.StartsWith("coinbase-exchange/", StringComparison.Ordinal)
                && !file.EndsWith(".meta.json", StringComparison.Ordinal) && !file.Contains("/ws_", StringComparison.Ordinal) && !tested.Contains(file));
        missing.ShouldBe(["kraken/errors/200_rate_limit.json"]);
    }

    [SharedTheory]
    [InlineData("kraken", "/0/private/Balance", "kraken/errors/200_rate_limit.json", "private")]
    public void A_recorded_body_of_a_write_is_classified(string provider, string target, string file, string closes)
    {
        var model = Shipped.Find(provider)!;
        var endpoint = Definitions.Plan(model, Definitions.Request("POST", target)).Endpoint;
        OutcomeClassifier.Classify(model, endpoint, 200, [new HeaderField("Content-Type", Json)], Read(file), default).Limits.Single().Name.ShouldBe(closes);
    }

    [SharedFact]
    public void Items_that_are_errors_are_told_from_items_that_are_data()
    {
        var model = Shipped.Find("massive")!;
        var endpoint = model.Endpoints.Single(endpoint => endpoint.Name == "snapshot-indices");
        var split = ItemSplitter.Split(Read("massive-polygon/snapshot_indices_mixed_errors.json"), endpoint.Batch!)!;
        split.Items.ToDictionary(item => item.Key, item => OutcomeClassifier.ClassifyItem(model, endpoint, item.Value.Value.Span).Kind)
            .ShouldBe(new Dictionary<string, OutcomeKind> { ["SPX"] = OutcomeKind.Success, ["APx"] = OutcomeKind.NotFound, ["APy"] = OutcomeKind.Plan });
    }

    private static byte[] Read(string file) => File.ReadAllBytes(SharedFiles.Path(["fixtures", .. file.Split('/')]));
}
