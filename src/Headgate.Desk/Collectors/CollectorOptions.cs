namespace Headgate.Desk.Collectors;

/// <summary>Settings of the collector: configuration section <c>desk:collector</c>. What is not stated has its default.</summary>
public sealed record CollectorOptions
{
    /// <summary>Time between two collections, 1 s to 1 h. Default 1 minute. Each source has an interval of its own in whole cycles; between two of its reads the gate answers.</summary>
    public TimeSpan Cycle { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Calendar of the shares: outside its sessions they cost one verification each. Default <c>XTSE</c>.</summary>
    public string Market { get; init; } = "XTSE";

    /// <summary>Indices and shares by their names at Yahoo.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = ["^GSPTSE", "^TX60", "RY.TO", "TD.TO", "SHOP.TO"];

    /// <summary>How often bars are wanted. Default 5 minutes, what the replaced collector kept them for; it was set to poll indices every second.</summary>
    public TimeSpan BarsEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Commodities by their names at Yahoo.</summary>
    public IReadOnlyList<string> Commodities { get; init; } = ["CL=F", "GC=F"];

    /// <summary>How often commodities are wanted. Default 5 minutes.</summary>
    public TimeSpan CommoditiesEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>News feeds: a provider of the catalogue, and the feed's path there.</summary>
    public IReadOnlyDictionary<string, string> Feeds { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["financialpost"] = "/feed/",
        ["globeandmail"] = "/arc/outboundfeeds/rss/category/business/",
    };

    /// <summary>How often feeds are wanted. Default 5 minutes.</summary>
    public TimeSpan NewsEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Groups of series of the Bank of Canada's Valet service.</summary>
    public IReadOnlyList<string> RateGroups { get; init; } = ["FX_RATES_DAILY", "bond_yields_benchmark"];

    /// <summary>How often these are wanted. Default 1 hour.</summary>
    public TimeSpan RatesEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Tickers quoted at Questrade; empty asks Questrade for nothing.</summary>
    public IReadOnlyList<string> Tickers { get; init; } = ["RY", "TD", "SHOP", "CNR", "CP", "ENB", "TRP", "SU", "ABX", "WCN"];

    /// <summary>How often quotes are wanted. Default 5 minutes.</summary>
    public TimeSpan QuotesEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often positions and balances are wanted. Default 1 minute.</summary>
    public TimeSpan PositionsEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Symbols whose factors are read, most important first, by their names at Alpha Vantage, Finnhub and NewsAPI; empty reads none.</summary>
    public IReadOnlyList<string> FactorSymbols { get; init; } = ["RY", "TD", "SHOP", "CNR", "CP", "ENB", "TRP", "SU", "ABX", "WCN"];

    /// <summary>How often company overviews of Alpha Vantage are wanted. Default 12 hours.</summary>
    public TimeSpan OverviewEvery { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How often metrics of Finnhub are wanted. Default 6 hours.</summary>
    public TimeSpan MetricsEvery { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How often the sentiment of news at Finnhub, and articles of NewsAPI, are wanted. Default 4 hours.</summary>
    public TimeSpan SentimentEvery { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Over how long health is looked at, 1 minute to 1 day. Default 1 hour.</summary>
    public TimeSpan HealthWindow { get; init; } = TimeSpan.FromHours(1);
}
