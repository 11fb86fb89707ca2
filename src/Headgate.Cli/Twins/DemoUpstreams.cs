using Headgate.Desk.Alerts;
using Headgate.Desk.Days;
using Headgate.Desk.Fleet;
using Headgate.Upstreams.CoinbaseAdvanced;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Providers;

namespace Headgate.Cli.Twins;

/// <summary>What demos emulate. An upstream that several systems ask stands here once.</summary>
internal static class DemoUpstreams
{
    /// <summary>The chat a demo's alerts go to.</summary>
    public const string Chat = "4711";

    private const string Bot = "demo";
    private const string KiteScheme = "token ";

    /// <summary>Kite Connect, told of by the demo's tape.</summary>
    public static EmulatedUpstream Kite(Market market) => new("kite", () => new KiteTwin(new KiteOptions(market.Tape)), market.Clock)
    {
        // As the shipped definition names what it brings for callers without a credential: api key and access token.
        Secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["KITE_AUTHORIZATION"] = KiteTwin.DemoCredential[KiteScheme.Length..] },
    };

    /// <summary>The key of <see cref="CoinbaseAdvanced"/>, whose tokens are taken unsigned.</summary>
    public const string CoinbaseKey = "demo";

    /// <summary>Coinbase Advanced Trade with the pairs a fleet has by itself, orders included.</summary>
    public static EmulatedUpstream CoinbaseAdvanced(Market market) => new(
        "coinbase-advanced",
        () => new CoinbaseAdvancedTwin(new CoinbaseAdvancedOptions(FleetDay.Market(Market.DeskSeed, market.Clock.GetUtcNow(), new FleetOptions().Pairs)) { Unsigned = [CoinbaseKey] }),
        market.Clock);

    /// <summary>Telegram, so that a demo's alerts go through the whole way and reach nobody.</summary>
    public static EmulatedUpstream Telegram(Market market) => new("telegram", () => new TelegramTwin([Bot]), market.Clock)
    {
        Secrets = new Dictionary<string, string>(StringComparer.Ordinal) { [AlertSettings.TokenSecret] = Bot },
    };
}
