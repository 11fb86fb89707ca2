using System.Text;
using Headgate.Upstreams;
using Headgate.Upstreams.Providers;

namespace Headgate.Tests.Providers;

/// <summary>How one provider is asked, and what its answers look like.</summary>
internal sealed record ProviderCase(string Name, Func<ITwin> Twin)
{
    /// <summary>Where the credential goes: <c>header NAME PREFIX</c>, <c>query NAME</c> or <c>path</c> for a {key} in the target.</summary>
    public required string Credential { get; init; }

    /// <summary>Targets that answer alike for different symbols; {0} is the symbol.</summary>
    public required string Good { get; init; }

    public string[] Symbols { get; init; } = ["AAPL", "MSFT", "TSLA"];

    /// <summary>What a good answer says of the first symbol.</summary>
    public required string Says { get; init; }

    /// <summary>Two symbols asked apart travel in one call.</summary>
    public bool Merges { get; init; }

    /// <summary>How several symbols are asked at once, and how they are joined.</summary>
    public string? Many { get; init; }

    /// <summary>Answers are kept.</summary>
    public bool Keeps { get; init; } = true;

    public TimeSpan Ttl { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>An unknown symbol's answer as the client sees it: status and a part of the body.</summary>
    public (int Status, string Says)? Unknown { get; init; }

    /// <summary>Asked again the unknown symbol costs no call.</summary>
    public bool RemembersUnknown { get; init; } = true;

    /// <summary>What a wrong credential is told.</summary>
    public (int Status, string Says)? Wrong { get; init; }

    /// <summary>A target beyond the plan, and what is told.</summary>
    public (string Target, int Status, string Says)? Plan { get; init; }

    /// <summary>A limit answer rests its limit for at least this long.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The limit answer comes with status 200 and must never reach a client as such.</summary>
    public bool IsSoft { get; init; }

    /// <summary>More headers every request has.</summary>
    public HeaderField[] Headers { get; init; } = [];

    /// <summary>How long clients wait by default; null is the definition's deadline.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Lets a small limit recover between two parts of a test.</summary>
    public TimeSpan Calm { get; init; }

    /// <summary>Asked before the test begins, so that the gate's own sign-in is made.</summary>
    public string? WarmUp { get; init; }

    public override string ToString() => Name;

    public string For(string symbol) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Good, symbol);

    public string ForMany(params string[] symbols) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Many!, Name is "binance" ? $"%5B{string.Join(',', symbols.Select(symbol => $"%22{symbol}%22"))}%5D" : string.Join(',', symbols));

    public ClientRequest Request(string method, string target, string key, string? body = null, string contentType = "application/json")
    {
        List<HeaderField> headers = [.. Headers];
        var parts = Credential.Split(' ');
        switch (parts[0])
        {
            case "header":
                headers.Add(new HeaderField(parts[1], parts.Length > 2 ? $"{parts[2]} {key}" : key));
                break;
            case "query":
                target += $"{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{parts[1]}={key}";
                break;
            case "path":
                target = target.Replace("{key}", key, StringComparison.Ordinal);
                break;
        }

        if (body is not null)
        {
            headers.Add(new HeaderField("Content-Type", contentType));
        }

        return new ClientRequest { Method = method, Target = target, Headers = headers, Body = body is null ? default : Encoding.UTF8.GetBytes(body), HasBody = body is not null };
    }

    /// <summary>Every provider with a twin that answers reads.</summary>
    public static IReadOnlyList<ProviderCase> All { get; } =
    [
        new("alphavantage", () => new AlphaVantageTwin())
        {
            Credential = "query apikey",
            Good = "/query?function=GLOBAL_QUOTE&symbol={0}",
            Says = "01. symbol",
            Ttl = TimeSpan.FromMinutes(1),
            Unknown = (200, """{"Global Quote":{}}"""),
            Wrong = (200, "Error Message"),
            Plan = ("/query?function=TIME_SERIES_DAILY_ADJUSTED&symbol=AAPL", 200, "premium endpoint"),
            Rest = TimeSpan.FromSeconds(2),
            IsSoft = true,
        },
        new("finnhub", () => new FinnhubTwin())
        {
            Credential = "header X-Finnhub-Token",
            Good = "/quote?symbol={0}",
            Says = "\"pc\"",
            Unknown = (200, "\"c\":0"),
            Wrong = (401, "Invalid API key"),
            Plan = ("/stock/candle?symbol=AAPL", 403, "have access"),
        },
        new("newsapi", () => new NewsApiTwin())
        {
            Credential = "header X-Api-Key",
            Good = "/v2/everything?q={0}",
            Says = "articles",
            Ttl = TimeSpan.FromMinutes(30),
            Wrong = (401, "apiKeyInvalid"),
            Plan = ("/v2/everything?q=A&page=9", 426, "maximumResultsReached"),
            Rest = TimeSpan.FromHours(1),
        },
        new("binance", () => new BinanceTwin())
        {
            Credential = "none",
            Good = "/api/v3/ticker/price?symbol={0}",
            Many = "/api/v3/ticker/price?symbols={0}",
            Symbols = ["BTCUSDT", "ETHUSDT", "BNBUSDT"],
            Says = "\"symbol\":\"BTCUSDT\"",
            Merges = true,
            Unknown = (400, "-1121"),
            Rest = TimeSpan.FromSeconds(60),
        },
        new("kraken", () => new KrakenTwin())
        {
            Credential = "none",
            Good = "/0/public/Ticker?pair={0}",
            Many = "/0/public/Ticker?pair={0}",
            Merges = true,
            Symbols = ["XBTUSD", "ETHUSD", "LTCUSD"],
            Says = "XXBTZUSD",
            Unknown = (200, "EQuery:Unknown asset pair"),
            Rest = TimeSpan.FromSeconds(5),
            IsSoft = true,
        },
        new("twelvedata", () => new TwelveDataTwin())
        {
            Credential = "query apikey",
            Good = "/price?symbol={0}",
            Many = "/price?symbol={0}",
            Says = "{\"price\":",
            Merges = true,
            Unknown = (404, "not found"),
            // Only for a credential that was accepted before: a 404 alone proves nothing.
            RemembersUnknown = false,
            Wrong = (401, "apikey"),
            Rest = TimeSpan.FromMinutes(1),
            IsSoft = true,
        },
        new("cryptometer", () => new CryptometerTwin())
        {
            Credential = "query api_key",
            Good = "/ticker/?e=binance&market_pair={0}",
            Says = "\"price\"",
            Ttl = TimeSpan.FromMinutes(2),
            Unknown = (200, "No Data"),
            Wrong = (200, "Invalid API key"),
            Rest = TimeSpan.FromMinutes(1),
            IsSoft = true,
        },
        new("yahoo", () => new YahooTwin())
        {
            Credential = "none",
            WarmUp = "/v7/finance/quote?symbols=WARM",
            Good = "/v7/finance/quote?symbols={0}",
            Many = "/v7/finance/quote?symbols={0}",
            Says = "regularMarketPrice",
            Merges = true,
            Unknown = (200, "\"result\":[]"),
            Rest = TimeSpan.FromMinutes(15),
        },
        new("questrade", () => new QuestradeTwin())
        {
            Credential = "header Authorization Bearer",
            Good = "/v1/markets/quotes?ids={0}",
            Many = "/v1/markets/quotes?ids={0}",
            Symbols = ["38738", "8049", "9291"],
            Says = "\"symbolId\":38738",
            Merges = true,
            Wrong = (401, "1017"),
        },
        new("coinbase-advanced", () => new CoinbaseAdvancedTwin())
        {
            Credential = "none",
            Good = "/api/v3/brokerage/market/products?product_ids={0}",
            Symbols = ["BTC-USD", "ETH-USD", "SOL-USD"],
            Says = "\"product_id\":\"BTC-USD\"",
            Merges = true,
            Unknown = (200, "\"products\":[]"),
        },
        new("alpaca", () => new AlpacaTwin())
        {
            Credential = "header APCA-API-KEY-ID",
            Headers = [new HeaderField("APCA-API-SECRET-KEY", "secret-of-demo")],
            Good = "/v2/stocks/quotes/latest?symbols={0}",
            Many = "/v2/stocks/quotes/latest?symbols={0}",
            Says = "\"ap\":",
            Merges = true,
            Unknown = (200, "\"quotes\":{}"),
            Wrong = (403, "forbidden"),
            Plan = ("/v2/stocks/bars?symbols=AAPL&timeframe=1Min&feed=sip", 403, "subscription"),
        },
        new("massive", () => new MassiveTwin())
        {
            Credential = "header Authorization Bearer",
            Good = "/v3/snapshot?ticker.any_of={0}",
            Many = "/v3/snapshot?ticker.any_of={0}",
            Says = "\"ticker\":\"AAPL\"",
            Merges = true,
            Unknown = (200, "NOT_FOUND"),
            Wrong = (401, "Unknown API Key"),
            Plan = ("/v3/reference/tickers/PAID", 403, "NOT_AUTHORIZED"),
            Calm = TimeSpan.FromSeconds(61),
        },
        new("bankofcanada", () => new BankOfCanadaTwin())
        {
            Credential = "none",
            Good = "/valet/observations/{0}/json?recent=1",
            Symbols = ["FXUSDCAD", "FXEURCAD", "V39079"],
            Says = "\"observations\"",
            Ttl = TimeSpan.FromHours(1),
            Unknown = (404, "not found"),
        },
        new("financialpost", () => new FeedTwin("financialpost"))
        {
            Credential = "none",
            Good = "/category/{0}/feed.xml",
            Symbols = ["news", "investing", "economy"],
            Says = "<rss",
            Ttl = TimeSpan.FromMinutes(5),
            Patience = TimeSpan.FromSeconds(60),
            Unknown = (404, "Not Found"),
        },
        new("globeandmail", () => new FeedTwin("globeandmail"))
        {
            Credential = "none",
            Good = "/arc/outboundfeeds/rss/category/{0}/",
            Symbols = ["business", "investing", "canada"],
            Says = "<rss",
            Ttl = TimeSpan.FromMinutes(5),
            Patience = TimeSpan.FromSeconds(60),
            Unknown = (404, "Not Found"),
        },
        new("kingfisher", () => new KingFisherTwin())
        {
            Credential = "header Authorization Bearer",
            Good = "/latest?type=liquidation_map&symbol={0}",
            Symbols = ["BTC", "ETH", "SOL"],
            Says = "\"longLiquidations\"",
            Ttl = TimeSpan.FromSeconds(300),
            Unknown = (404, "no record"),
        },
        new("airtable", () => new AirtableTwin())
        {
            Credential = "header Authorization Bearer",
            Good = "/v0/app1/{0}",
            Says = "records",
            Keeps = false,
            Unknown = (404, "NOT_FOUND"),
            RemembersUnknown = false,
            Wrong = (401, "AUTHENTICATION_REQUIRED"),
            Rest = TimeSpan.FromSeconds(30),
        },
    ];
}
