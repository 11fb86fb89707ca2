using Headgate.Desk.Alerts;
using Headgate.Desk.Days;
using Headgate.Desk.Fleet;
using Headgate.Upstreams.CoinbaseAdvanced;
using Headgate.Upstreams.Cryptometer;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Providers;

namespace Headgate.Cli.Twins;

/// <summary>What demos emulate. An upstream that several systems ask stands here once.</summary>
internal static class DemoUpstreams
{
    /// <summary>The chat a demo's alerts go to.</summary>
    public const string Chat = "4711";

    private const string Bot = "demo";
    private const string Key = "demo";
    private const string Refresh = "refresh-0";
    private const string KiteScheme = "token ";

    /// <summary>Kite Connect, told of by the demo's tape.</summary>
    public static EmulatedUpstream Kite(Market market) => new("kite", () => new KiteTwin(new KiteOptions(market.Tape)), market.Clock)
    {
        // As the shipped definition names what it brings for callers without a credential: api key and access token.
        Secrets = Secret("KITE_AUTHORIZATION", KiteTwin.DemoCredential[KiteScheme.Length..]),
    };

    /// <summary>What the collector reads: Yahoo, two feeds, the Bank of Canada, Questrade and three research sources.</summary>
    public static IReadOnlyList<EmulatedUpstream> Research(Market market) =>
    [
        new("yahoo", static () => new YahooTwin(), market.Clock),
        new("bankofcanada", static () => new BankOfCanadaTwin(), market.Clock),
        new("globeandmail", static () => new FeedTwin("globeandmail"), market.Clock),
        new("financialpost", static () => new FeedTwin("financialpost"), market.Clock),
        new("questrade", static () => new QuestradeTwin(Refresh), market.Clock) { Secrets = Secret("QUESTRADE_REFRESH_TOKEN", Refresh) },
        new("alphavantage", static () => new AlphaVantageTwin([Key]), market.Clock) { Secrets = Secret("ALPHA_VANTAGE_API_KEY", Key) },
        new("finnhub", static () => new FinnhubTwin([Key]), market.Clock) { Secrets = Secret("FINNHUB_API_KEY", Key) },
        new("newsapi", static () => new NewsApiTwin([Key]), market.Clock) { Secrets = Secret("NEWSAPI_KEY", Key) },
    ];

    /// <summary>The key of <see cref="CoinbaseAdvanced"/>, whose tokens are taken unsigned.</summary>
    public const string CoinbaseKey = "demo";

    /// <summary>Coinbase Advanced Trade with the pairs a fleet has by itself, orders included.</summary>
    public static EmulatedUpstream CoinbaseAdvanced(Market market) => new(
        "coinbase-advanced",
        () => new CoinbaseAdvancedTwin(new CoinbaseAdvancedOptions(FleetDay.Market(Market.DeskSeed, market.Clock.GetUtcNow(), new FleetOptions().Pairs)) { Unsigned = [CoinbaseKey] }),
        market.Clock);

    /// <summary>Cryptometer, whose market is made up.</summary>
    public static EmulatedUpstream Cryptometer(Market market) => new("cryptometer", () => new CryptometerTwin(new CryptometerOptions { Keys = [Bot], Seed = Market.DeskSeed }), market.Clock)
    {
        Secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["CRYPTOMETER_API_KEY"] = Bot },
    };

    /// <summary>KingFisher's analyser, which makes its records up.</summary>
    public static EmulatedUpstream KingFisher(Market market) => new("kingfisher", () => new KingFisherTwin([Bot]), market.Clock)
    {
        Secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["KINGFISHER_TOKEN"] = Bot },
    };

    /// <summary>Telegram, so that a demo's alerts go through the whole way and reach nobody.</summary>
    public static EmulatedUpstream Telegram(Market market) => new("telegram", () => new TelegramTwin([Bot]), market.Clock)
    {
        Secrets = Secret(AlertSettings.TokenSecret, Bot),
    };

    private static Dictionary<string, string> Secret(string name, string value) => new(StringComparer.Ordinal) { [name] = value };
}
