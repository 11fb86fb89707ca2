using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>Yahoo Finance held to 1 a second per address, shut for a quarter of an hour beyond it; quotes ask for a crumb.</summary>
public sealed class YahooTwin : ProviderTwin
{
    private static readonly LimitRule[] Rules = [new("address", "all", 1, TimeSpan.FromSeconds(1)) { LockOut = TimeSpan.FromMinutes(15) }];

    /// <param name="keys">Crumbs it takes; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    public YahooTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null)
        : base("yahoo", Rules, keys, faults)
    {
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) => new(target.Path, "all", request.Remote);

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        var symbols = (target.First("symbols") ?? "").Split(',').Where(symbol => symbol.Length > 0 && IsKnown(symbol)).ToList();
        switch (target.Path)
        {
            case "/v7/finance/quote" when !Knows(target.First("crumb")):
                return Json("""{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}""", 401);
            case "/v7/finance/quote":
                // Yahoo answers in an order of its own.
                return Json($$$"""{"quoteResponse":{"result":[{{{string.Join(',', symbols.Order(StringComparer.Ordinal).Select(symbol => $$"""{"symbol":{{Quoted(symbol)}},"regularMarketPrice":{{Price(symbol, now)}},"regularMarketTime":{{now.ToUnixTimeSeconds()}}}"""))}}}],"error":null}}""", 200, new TwinHeader("Cache-Control", "public, max-age=1, stale-while-revalidate=9"));
            case "/v8/finance/spark":
                return Json($"{{{string.Join(',', symbols.Select(symbol => $"{Quoted(symbol)}:{{\"symbol\":{Quoted(symbol)},\"close\":[{Price(symbol, now)}]}}"))}}}");
            case "/v1/test/getcrumb":
                return new TwinReply(200, [new("Content-Type", "text/plain")], "demo"u8.ToArray());
            case var chart when chart.StartsWith("/v8/finance/chart/", StringComparison.Ordinal):
                return IsKnown(target.Segments[^1])
                    ? Json($$$"""{"chart":{"result":[{"meta":{"symbol":{{{Quoted(target.Segments[^1])}}},"regularMarketPrice":{{{Price(target.Segments[^1], now)}}}}}],"error":null}}""")
                    : Json("""{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}""", 404);
            default:
                return Json("""{"finance":{"result":null,"error":{"code":"Not Found","description":"No such route"}}}""", 404);
        }
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => new(429, [new("Content-Type", "text/plain")], "Edge: Too Many Requests"u8.ToArray());

    protected override TwinReply ServerError(int status) => new(status, [new("Content-Type", "text/html")], "<html>Will be right back</html>"u8.ToArray());
}
