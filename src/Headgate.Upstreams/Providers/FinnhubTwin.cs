using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>Finnhub with a free key: 60 a minute and 30 a second per key (finnhub.io/docs/api/rate-limit, read 2026-11-20).</summary>
public sealed class FinnhubTwin : ProviderTwin
{
    private const int PerMinute = 60;

    private static readonly LimitRule[] Rules =
    [
        new("minute", "all", PerMinute, TimeSpan.FromMinutes(1)),
        new("second", "all", 30, TimeSpan.FromSeconds(1)),
    ];

    private readonly bool _isUnlimited;

    /// <param name="keys">Keys it takes; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    /// <param name="isUnlimited">Holds nobody to any limit.</param>
    public FinnhubTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null, bool isUnlimited = false)
        : base("finnhub", isUnlimited ? [] : Rules, keys, faults) => _isUnlimited = isUnlimited;

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) =>
        new(target.Path, "all", request.Header("X-Finnhub-Token") ?? target.First("token") ?? "");

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        var symbol = target.First("symbol") ?? "";
        var reply = (route.Key, target.Path) switch
        {
            ("", _) => Json("""{"error":"API limit reached. Please sign up for a free account at https://finnhub.io to get an API key."}""", 429),
            _ when !Knows(route.Key) => Json("""{"error":"Invalid API key"}""", 401),
            (_, "/api/v1/quote") when !IsKnown(symbol) => Json("""{"c":0,"d":null,"dp":null,"h":0,"l":0,"o":0,"pc":0,"t":0}"""),
            (_, "/api/v1/quote") => Json($$"""{"c":{{Price(symbol, now)}},"d":0.5,"dp":0.25,"h":{{Price(symbol, now)}},"l":{{Price(symbol, now)}},"o":{{Price(symbol, now)}},"pc":{{Price(symbol, now)}},"t":{{now.ToUnixTimeSeconds()}}}"""),
            (_, "/api/v1/stock/metric") => Json($$$"""{"metric":{"52WeekHigh":{{{Price(symbol, now)}}}},"symbol":{{{Quoted(symbol)}}}}"""),
            (_, "/api/v1/news-sentiment") => Json($$$"""{"buzz":{"articlesInLastWeek":12,"weeklyAverage":10.5},"companyNewsScore":0.62,"sentiment":{"bullishPercent":0.7,"bearishPercent":0.3},"symbol":{{{Quoted(symbol)}}}}"""),
            (_, "/api/v1/stock/candle") => Json("""{"error":"You don't have access to this resource."}""", 403),
            (_, "/api/v1/crypto/candle") => Json("""{"s":"no_data"}"""),
            (_, "/api/v1/company-news" or "/api/v1/news") => Json("[]"),
            _ => new TwinReply(200, [new("Content-Type", "text/html; charset=utf-8")], "<!DOCTYPE html><html><body>Finnhub - Free APIs</body></html>"u8.ToArray()),
        };
        return reply with { Headers = [.. reply.Headers, Header("X-Ratelimit-Limit", PerMinute), Header("X-Ratelimit-Remaining", PerMinute - (_isUnlimited ? 0 : Used("minute", route.Key, now)))] };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => Json("""{"error":"API limit reached. Please try again later. Remaining Limit: 0"}""", 429);

    protected override TwinReply ServerError(int status) => Json("""{"error":"Internal error"}""", status);
}
