using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>Massive, until 2025 Polygon.io, of the free plan: 5 a minute per key; items that are unknown or beyond the plan say so in their place (polygon-io/client-python, read 2026-11-20).</summary>
/// <remarks>Symbols that begin with <c>PAID</c> are beyond the plan.</remarks>
public sealed class MassiveTwin : ProviderTwin
{
    private static readonly LimitRule[] Rules = [new("minute", "all", 5, TimeSpan.FromMinutes(1))];

    /// <param name="keys">Keys it takes; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    public MassiveTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null)
        : base("massive", Rules, keys, faults)
    {
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) =>
        new(target.Path, "all", After(request.Header("Authorization"), "Bearer ") ?? target.First("apiKey") ?? "");

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (!Knows(route.Key))
        {
            return Json("""{"status":"ERROR","request_id":"1","error":"Unknown API Key"}""", 401);
        }

        var last = target.Segments.Count > 0 ? target.Segments[^1] : "";
        return target.Segments switch
        {
            ["v2", "snapshot", "locale", "us", "markets", "stocks", "tickers"] => Json($"{{\"count\":1,\"status\":\"OK\",\"tickers\":[{Join(target.First("tickers"), IsKnown, symbol => $"{{\"ticker\":{Quoted(symbol)},\"lastTrade\":{{\"p\":{Price(symbol, now)}}}}}")}]}}"),
            ["v3", "snapshot"] or ["v3", "snapshot", "indices"] => Json($"{{\"request_id\":\"1\",\"results\":[{Join(target.First("ticker.any_of"), symbol => symbol.Length > 0, symbol => Item(symbol, now))}],\"status\":\"OK\"}}"),
            ["v2", "aggs", "ticker", var symbol, "prev" or "range", ..] => Json($"{{\"ticker\":{Quoted(symbol)},\"resultsCount\":1,\"results\":[{{\"c\":{Price(symbol, now)},\"t\":{now.ToUnixTimeMilliseconds()}}}],\"status\":\"OK\"}}"),
            ["v3", "reference", "tickers", _] when last.StartsWith("PAID", StringComparison.Ordinal) => Json("""{"status":"NOT_AUTHORIZED","request_id":"1","message":"You are not entitled to this data. Please upgrade your plan"}""", 403),
            ["v3", "reference", "tickers", var symbol] => IsKnown(symbol) ? Json($"{{\"request_id\":\"1\",\"results\":{{\"ticker\":{Quoted(symbol)}}},\"status\":\"OK\"}}") : Json("""{"status":"NOT_FOUND","request_id":"1","message":"Ticker not found."}""", 404),
            _ => Json("""{"status":"ERROR","error":"not found"}""", 404),
        };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) =>
        Json("""{"status":"ERROR","request_id":"1","error":"You've exceeded the maximum requests per minute, please wait or upgrade your subscription to continue."}""", 429);

    protected override TwinReply ServerError(int status) => Json("""{"status":"ERROR","request_id":"1","error":"Internal server error"}""", status);

    private static string Join(string? symbols, Func<string, bool> wanted, Func<string, string> write) => string.Join(',', (symbols ?? "").Split(',').Where(wanted).Select(write));

    private static string Item(string symbol, DateTimeOffset now) =>
        !IsKnown(symbol) ? $"{{\"ticker\":{Quoted(symbol)},\"error\":\"NOT_FOUND\",\"message\":\"Ticker not found.\"}}"
        : symbol.StartsWith("PAID", StringComparison.Ordinal) ? $"{{\"ticker\":{Quoted(symbol)},\"error\":\"NOT_ENTITLED\",\"message\":\"Not entitled to this ticker.\"}}"
        : $"{{\"ticker\":{Quoted(symbol)},\"type\":\"stocks\",\"session\":{{\"close\":{Price(symbol, now)}}}}}";
}
