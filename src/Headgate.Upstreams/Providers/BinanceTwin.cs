using System.Globalization;
using System.Text.Json;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>
/// Binance Spot: 6,000 weight a minute per address with the weights of rest-api.md, 10 orders a second per key; who goes on after a 429 is
/// banned with 418 (binance/binance-spot-api-docs, read 2026-11-20).
/// </summary>
public sealed class BinanceTwin : ProviderTwin
{
    private const string Weight = "weight";
    private const string Orders = "orders";

    /// <param name="keys">Keys it takes; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    /// <param name="weightPerMinute">Weight per address and minute, default 6,000.</param>
    public BinanceTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null, int weightPerMinute = 6_000)
        : base("binance", [new(Weight, Weight, weightPerMinute, TimeSpan.FromMinutes(1)) { LockOut = TimeSpan.FromSeconds(60) }, new(Orders, Orders, 10, TimeSpan.FromSeconds(1))], keys, faults)
    {
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) => new(target.Path, Weight, request.Remote);

    protected override IReadOnlyList<LimitCharge> Charges(TwinRequest request, TwinTarget target, TwinRoute route)
    {
        var weight = new LimitCharge(Weight, route.Key, WeightOf(target));
        return target.Path.StartsWith("/api/v3/order", StringComparison.Ordinal) && request.Method is not "GET"
            ? [weight, new LimitCharge(Orders, request.Header("X-MBX-APIKEY") ?? "")]
            : [weight];
    }

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        var reply = target.Path switch
        {
            "/api/v3/ticker/price" => Tickers(target, symbol => $$"""{"symbol":{{Quoted(symbol)}},"price":"{{Price(symbol, now)}}"}"""),
            "/api/v3/ticker/bookTicker" => Tickers(target, symbol => $$"""{"symbol":{{Quoted(symbol)}},"bidPrice":"{{Price(symbol, now)}}","askPrice":"{{Price(symbol, now)}}"}"""),
            "/api/v3/ticker/24hr" => Tickers(target, symbol => $$"""{"symbol":{{Quoted(symbol)}},"lastPrice":"{{Price(symbol, now)}}","closeTime":{{now.ToUnixTimeMilliseconds()}}}"""),
            "/api/v3/depth" => IsKnown(target.First("symbol")) ? Json($$"""{"lastUpdateId":{{now.ToUnixTimeSeconds()}},"bids":[],"asks":[]}""") : BadSymbol(),
            "/api/v3/klines" => IsKnown(target.First("symbol")) ? Json($"[[{now.ToUnixTimeMilliseconds()},\"1\",\"2\",\"1\",\"2\",\"9\"]]") : BadSymbol(),
            "/api/v3/exchangeInfo" => Json("""{"timezone":"UTC","rateLimits":[],"symbols":[]}"""),
            "/api/v3/order" or "/api/v3/account" when !Knows(request.Header("X-MBX-APIKEY")) => Json("""{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}""", 401),
            "/api/v3/order" => Json($$"""{"orderId":{{now.ToUnixTimeMilliseconds()}},"status":"NEW"}"""),
            "/api/v3/account" => Json("""{"balances":[]}"""),
            _ => new TwinReply(404, [new("Content-Type", "text/html")], "<html>404</html>"u8.ToArray()),
        };
        return reply with { Headers = [.. reply.Headers, Header("X-MBX-USED-WEIGHT-1M", Used(Weight, route.Key, now))] };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) =>
        Json("""{"code":-1003,"msg":"Too much request weight used; please use WebSocket Streams for live updates to avoid polling the API."}""", 429, new TwinHeader("Retry-After", "60"));

    protected override TwinReply TooManyRequests(TwinRoute route, LimitBreach breach) => breach switch
    {
        { IsRepeated: true, RetryAfter: { } left } => Json(
            """{"code":-1003,"msg":"Way too much request weight used; IP banned."}""", 418, new TwinHeader("Retry-After", ((long)Math.Ceiling(left.TotalSeconds)).ToString(CultureInfo.InvariantCulture))),
        { Rule.Name: Orders } => Json("""{"code":-1015,"msg":"Too many new orders."}""", 429, new TwinHeader("Retry-After", "1")),
        _ => TooManyRequests(route),
    };

    protected override TwinReply ServerError(int status) => Json("""{"code":-1000,"msg":"An unknown error occurred while processing the request."}""", status);

    private static TwinReply BadSymbol() => Json("""{"code":-1121,"msg":"Invalid symbol."}""", 400);

    private static int WeightOf(TwinTarget target)
    {
        var symbols = Symbols(target)?.Count;
        return target.Path switch
        {
            "/api/v3/ticker/price" or "/api/v3/ticker/bookTicker" => target.First("symbol") is not null ? 2 : 4,
            "/api/v3/ticker/24hr" => target.First("symbol") is not null ? 2 : symbols switch { null or > 100 => 80, > 20 => 40, _ => 2 },
            "/api/v3/depth" => int.TryParse(target.First("limit") ?? "100", CultureInfo.InvariantCulture, out var limit) ? limit switch { <= 100 => 5, <= 500 => 25, <= 1_000 => 50, _ => 250 } : 1,
            "/api/v3/klines" => 2,
            "/api/v3/exchangeInfo" or "/api/v3/account" => 20,
            _ => 1,
        };
    }

    private static TwinReply Tickers(TwinTarget target, Func<string, string> one)
    {
        if (target.First("symbol") is { } symbol)
        {
            return target.First("symbols") is not null
                ? Json("""{"code":-1128,"msg":"Combination of optional parameters invalid."}""", 400)
                : IsKnown(symbol) ? Json(one(symbol)) : BadSymbol();
        }

        if (target.First("symbols") is null)
        {
            return Json($"[{one("BTCUSDT")},{one("ETHUSDT")}]");
        }

        return Symbols(target) is { Count: > 0 } symbols
            ? symbols.All(IsKnown) ? Json($"[{string.Join(',', symbols.Select(one))}]") : BadSymbol()
            : Json("""{"code":-1100,"msg":"Illegal characters found in parameter 'symbols'."}""", 400);
    }

    private static List<string>? Symbols(TwinTarget target)
    {
        try
        {
            using var list = target.First("symbols") is { } text ? JsonDocument.Parse(text) : null;
            return list?.RootElement.EnumerateArray().Select(symbol => symbol.GetString() ?? "").ToList();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
