using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>Cryptometer held to 1 a second and 60 a minute; success and error are texts, failures come with status 200.</summary>
public sealed class CryptometerTwin : ProviderTwin
{
    private static readonly string[] Market =
        ["rapid-movements", "trend-indicator-v3", "ai-screener", "tickerlist", "tickerlist-pro", "coinlist", "cryptocurrency-info", "coininfo", "forex-rates", "volume-flow", "liquidity-lens", "volatility-index", "info"];

    private static readonly LimitRule[] Rules =
    [
        new("second", "all", 1, TimeSpan.FromSeconds(1)),
        new("minute", "all", 60, TimeSpan.FromMinutes(1)),
    ];

    /// <param name="keys">Keys it takes; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    public CryptometerTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null)
        : base("cryptometer", Rules, keys, faults)
    {
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) =>
        new(target.Segments.Count > 0 ? target.Segments[0] : "none", "all", target.First("api_key") ?? "");

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (!Knows(route.Key))
        {
            return Failed("Invalid API key");
        }

        var symbol = target.First("market_pair") ?? target.First("pair") ?? target.First("symbol") ?? "";
        return route.Endpoint switch
        {
            _ when Market.Contains(route.Endpoint, StringComparer.Ordinal) => Data($$"""[{"of":"market","at":{{now.ToUnixTimeSeconds()}}}]"""),
            "plan" => Failed("Your plan does not include this endpoint, please upgrade"),
            _ when IsKnown(symbol) => Data($$"""[{"pair":{{Quoted(symbol)}},"price":"{{Price(symbol, now)}}"}]"""),
            _ => Failed("No Data"),
        };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => Failed("Rate limit exceeded");

    protected override TwinReply ServerError(int status) => Json("""{"success":"false","error":"Server error"}""", status);

    private static TwinReply Data(string data) => Json($$"""{"success":"true","error":"false","data":{{data}}}""");

    private static TwinReply Failed(string error) => Json($$"""{"success":"false","error":{{Quoted(error)}}}""");
}
