using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>Alpha Vantage with a free key: 1 a second, 25 an American day, and every answer with status 200.</summary>
/// <remarks>Texts of the soft errors as quoted in public issues; the day begins at midnight in New York, in winter time.</remarks>
public sealed class AlphaVantageTwin : ProviderTwin
{
    private static readonly LimitRule[] Rules =
    [
        new("second", "all", 1, TimeSpan.FromSeconds(1)),
        new("day", "all", 25, TimeSpan.FromDays(1), LimiterKind.FixedWindow) { Offset = TimeSpan.FromHours(5) },
    ];

    /// <param name="keys">Keys it takes; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    /// <param name="isUnlimited">Holds nobody to any limit.</param>
    public AlphaVantageTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null, bool isUnlimited = false)
        : base("alphavantage", isUnlimited ? [] : Rules, keys, faults)
    {
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) =>
        new(target.First("function") ?? "none", "all", target.First("apikey") ?? request.Header("X-RapidAPI-Key") ?? "");

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (!Knows(route.Key))
        {
            return Said("Error Message", "the parameter apikey is invalid or missing. Please claim your free API key.");
        }

        var symbol = target.First("symbol") ?? "";
        return route.Endpoint switch
        {
            "TIME_SERIES_DAILY_ADJUSTED" or "REALTIME_BULK_QUOTES" => Said("Information", "Thank you for using Alpha Vantage! This is a premium endpoint."),
            "GLOBAL_QUOTE" when !IsKnown(symbol) => Json("""{"Global Quote":{}}"""),
            "OVERVIEW" when !IsKnown(symbol) => Json("{}"),
            _ when symbol.Length > 0 && !IsKnown(symbol) => Said("Error Message", "Invalid API call. Please retry or visit the documentation."),
            "GLOBAL_QUOTE" => Json($$$"""{"Global Quote":{"01. symbol":{{{Quoted(symbol)}}},"05. price":"{{{Price(symbol, now)}}}","07. latest trading day":"{{{now:yyyy-MM-dd}}}"}}"""),
            "OVERVIEW" => Json($$"""{"Symbol":{{Quoted(symbol)}},"Name":"A company","PERatio":"21.5"}"""),
            "EARNINGS" => Json($$"""{"symbol":{{Quoted(symbol)}},"annualEarnings":[]}"""),
            "TIME_SERIES_DAILY" => Json($$$"""{"Meta Data":{"1. Information":"Daily Prices","2. Symbol":{{{Quoted(symbol)}}}},"Time Series (Daily)":{"{{{now:yyyy-MM-dd}}}":{"4. close":"{{{Price(symbol, now)}}}"} } }"""),
            "NEWS_SENTIMENT" => Json("""{"items":"0","feed":[]}"""),
            _ => Said("Error Message", "This API function does not exist."),
        };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) =>
        Said("Information", "Thank you for using Alpha Vantage! Please consider spreading out your free API requests more sparingly (1 request per second). You may lift the free key rate limit (25 requests per day).");

    protected override TwinReply TooManyRequests(TwinRoute route, LimitBreach breach) => breach.Rule.Name is "day"
        ? Said("Information", "Thank you for using Alpha Vantage! Our standard API rate limit is 25 requests per day.")
        : TooManyRequests(route);

    protected override TwinReply ServerError(int status) => new(status, [new("Content-Type", "text/html")], "<h1>Server Error</h1>"u8.ToArray());

    private static TwinReply Said(string member, string text) => Json($"{{{Quoted(member)}:{Quoted(text)}}}");
}
