using Headgate.Upstreams;
using Headgate.Upstreams.CoinbaseExchange;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Providers;
using Headgate.Upstreams.Tapes;

namespace Headgate.Cli.Twins;

/// <summary>Every emulated upstream that can be hosted, by its provider's name.</summary>
internal static class TwinShelf
{
    /// <summary>Kite first, whose port is the one people know; then by name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "kite", "airtable", "alpaca", "alphavantage", "bankofcanada", "binance", "coinbase", "coinbase-advanced", "cryptometer", "financialpost", "finnhub", "globeandmail",
        "kingfisher", "kraken", "massive", "newsapi", "questrade", "telegram", "twelvedata", "yahoo",
    ];

    /// <summary>A new one, and the clock it lives by: Kite's shows the tape's market, the others the present.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="market">What Kite tells of.</param>
    /// <param name="accounts">Who may log in at Kite; empty takes its demo account.</param>
    public static (ITwin Twin, TimeProvider Clock) Take(string name, Market market, IReadOnlyList<KiteAccount> accounts) => name switch
    {
        "kite" => (new KiteTwin(accounts.Count == 0 ? new KiteOptions(market.Tape) : new KiteOptions(market.Tape) { Accounts = accounts }), market.Clock),
        _ => (OfPresent(name), TimeProvider.System),
    };

    private static ITwin OfPresent(string name) => name switch
    {
        "airtable" => new AirtableTwin(),
        "alpaca" => new AlpacaTwin(),
        "alphavantage" => new AlphaVantageTwin(),
        "bankofcanada" => new BankOfCanadaTwin(),
        "binance" => new BinanceTwin(),
        "coinbase" => new CoinbaseTwin(new CoinbaseOptions(new SyntheticTape(1, TimeProvider.System.GetUtcNow(), SyntheticUniverse.Crypto(), TapeSession.AlwaysOpen))),
        "coinbase-advanced" => new CoinbaseAdvancedTwin(),
        "cryptometer" => new CryptometerTwin(),
        "financialpost" or "globeandmail" => new FeedTwin(name),
        "finnhub" => new FinnhubTwin(),
        "kingfisher" => new KingFisherTwin(),
        "kraken" => new KrakenTwin(),
        "massive" => new MassiveTwin(),
        "newsapi" => new NewsApiTwin(),
        "questrade" => new QuestradeTwin(),
        "telegram" => new TelegramTwin(),
        "twelvedata" => new TwelveDataTwin(),
        "yahoo" => new YahooTwin(),
        _ => throw new CommandFailure($"there is no emulated upstream '{name}'; there are {string.Join(", ", Names)}", ExitCode.Usage),
    };
}
