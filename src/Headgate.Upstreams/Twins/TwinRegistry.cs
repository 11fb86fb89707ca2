using Headgate.Upstreams.CoinbaseAdvanced;
using Headgate.Upstreams.CoinbaseExchange;
using Headgate.Upstreams.Cryptometer;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Origin;
using Headgate.Upstreams.Providers;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams;

/// <summary>Every emulated upstream, by the provider's catalogue name.</summary>
public static class TwinRegistry
{
    private const string Demo = "demo";

    private static readonly SortedDictionary<string, (string? Credential, Func<TwinSetup, ITwin> Make)> Twins = new(StringComparer.Ordinal)
    {
        ["airtable"] = ($"Bearer {Demo}", setup => new AirtableTwin(Keys(setup))),
        ["alpaca"] = (Demo, setup => new AlpacaTwin(Keys(setup), needsSecret: false)),
        ["alphavantage"] = (Demo, setup => new AlphaVantageTwin(Keys(setup))),
        ["bankofcanada"] = (null, _ => new BankOfCanadaTwin()),
        ["binance"] = (null, setup => new BinanceTwin(Keys(setup))),
        ["coinbase"] = (null, setup => new CoinbaseTwin(
            new CoinbaseOptions(new SyntheticTape(setup.Seed, setup.Start, SyntheticUniverse.Crypto(), TapeSession.AlwaysOpen)) { TimestampSkewMax = null })),
        ["coinbase-advanced"] = (null, setup => new CoinbaseAdvancedTwin(
            new CoinbaseAdvancedOptions(new SyntheticTape(setup.Seed, setup.Start, SyntheticUniverse.Crypto(), TapeSession.AlwaysOpen)) { Unsigned = Keys(setup) })),
        ["cryptometer"] = (Demo, setup => new CryptometerTwin(new CryptometerOptions { Keys = Keys(setup), Seed = setup.Seed })),
        ["financialpost"] = (null, _ => new FeedTwin("financialpost")),
        ["finnhub"] = (Demo, setup => new FinnhubTwin(Keys(setup))),
        ["globeandmail"] = (null, _ => new FeedTwin("globeandmail")),
        ["kingfisher"] = ($"Bearer {Demo}", setup => new KingFisherTwin(Keys(setup))),
        ["kite"] = (KiteTwin.DemoCredential, setup => new KiteTwin(
            new KiteOptions(new SyntheticTape(setup.Seed, setup.Start)) { Accounts = Accounts(setup), InstrumentRows = 0 })),
        ["kraken"] = (null, setup => new KrakenTwin(Keys(setup))),
        ["massive"] = ($"Bearer {Demo}", setup => new MassiveTwin(Keys(setup))),
        ["newsapi"] = (Demo, setup => new NewsApiTwin(Keys(setup))),
        ["origin"] = (null, _ => new OriginTwin()),
        ["questrade"] = ($"Bearer {Demo}", setup => new QuestradeTwin(keys: Keys(setup))),
        ["telegram"] = (null, setup => new TelegramTwin(Keys(setup))),
        ["twelvedata"] = (Demo, setup => new TwelveDataTwin(Keys(setup))),
        ["yahoo"] = (null, _ => new YahooTwin()),
    };

    /// <summary>Names in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Twins.Keys];

    /// <summary>The credential a client shows that states none, as it writes it; null where none is needed or where it stands in the path.</summary>
    /// <exception cref="KeyNotFoundException">There is no such twin.</exception>
    public static string? DemoCredential(string name) => Twins[name].Credential;

    /// <summary>A twin of its own.</summary>
    /// <exception cref="KeyNotFoundException">There is no such twin.</exception>
    public static ITwin Make(string name, TwinSetup setup) => Twins[name].Make(setup);

    /// <summary>Bare keys: what follows a scheme such as <c>Bearer</c>.</summary>
    private static List<string> Keys(TwinSetup setup) =>
        setup.Credentials.Count == 0 ? [Demo] : [.. setup.Credentials.Select(credential => credential[(credential.LastIndexOf(' ') + 1)..])];

    /// <summary>Kite accounts, <c>token api_key:access_token</c>; anything else is refused at the door.</summary>
    private static IReadOnlyList<KiteAccount> Accounts(TwinSetup setup) =>
        setup.Credentials.Count == 0 ? [KiteAccount.Demo] : [.. setup.Credentials.Select(Account).OfType<KiteAccount>()];

    private static KiteAccount? Account(string credential, int index) =>
        credential.Split(' ') is ["token", var pair] && pair.Split(':') is [{ Length: > 0 } key, { Length: > 0 } token] ? new KiteAccount(key, token, $"DM{index + 1:0000}") : null;
}
