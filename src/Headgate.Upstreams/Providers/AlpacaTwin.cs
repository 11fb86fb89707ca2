using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>Alpaca market data of the basic plan: 200 a minute per key; both the key's id and its secret must be shown (alpaca-py common/rest.py, read 2026-11-20).</summary>
public sealed class AlpacaTwin : ProviderTwin
{
    private const int PerMinute = 200;

    private static readonly LimitRule[] Rules = [new("minute", "all", PerMinute, TimeSpan.FromMinutes(1))];

    private readonly bool _needsSecret;

    /// <param name="keys">Key ids it takes, each with the secret <c>secret-of-</c> and the id; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    /// <param name="needsSecret">False takes the id alone, for clients that can show one header only.</param>
    public AlpacaTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null, bool needsSecret = true)
        : base("alpaca", Rules, keys, faults) => _needsSecret = needsSecret;

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) => new(target.Path, "all", request.Header("APCA-API-KEY-ID") ?? "");

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (!Knows(route.Key) || (_needsSecret && !string.Equals(request.Header("APCA-API-SECRET-KEY"), $"secret-of-{route.Key}", StringComparison.Ordinal)))
        {
            return Json("""{"message":"forbidden."}""", 403);
        }

        var reply = Data(target, now);
        return reply with
        {
            Headers = [.. reply.Headers, Header("X-RateLimit-Limit", PerMinute), Header("X-RateLimit-Remaining", PerMinute - Used("minute", route.Key, now)), Header("X-RateLimit-Reset", now.AddMinutes(1).ToUnixTimeSeconds())],
        };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => Json("""{"message":"too many requests."}""", 429);

    protected override TwinReply ServerError(int status) => Json("""{"message":"internal server error occurred"}""", status);

    private static TwinReply Data(TwinTarget target, DateTimeOffset now)
    {
        var symbols = (target.First("symbols") ?? "").Split(',').Where(IsKnown).ToList();
        var at = $"\"{now:yyyy-MM-ddTHH:mm:ss.fffffffZ}\"";
        return target.Segments switch
        {
            _ when target.First("feed") is "sip" => Json("""{"message":"subscription does not permit querying recent SIP data"}""", 403),
            ["v2", "stocks", "snapshots"] => Json(Map(symbols, symbol => $"{{\"latestTrade\":{{\"t\":{at},\"p\":{Price(symbol, now)},\"s\":1}},\"latestQuote\":{{\"t\":{at},\"ap\":{Price(symbol, now)},\"bp\":{Price(symbol, now)}}}}}")),
            ["v2", "stocks", "quotes", "latest"] => Json($"{{\"quotes\":{Map(symbols, symbol => $"{{\"t\":{at},\"ap\":{Price(symbol, now)},\"bp\":{Price(symbol, now)}}}")}}}"),
            ["v2", "stocks", "trades", "latest"] => Json($"{{\"trades\":{Map(symbols, symbol => $"{{\"t\":{at},\"p\":{Price(symbol, now)},\"s\":1}}")}}}"),
            ["v2", "stocks", "bars", "latest"] => Json($"{{\"bars\":{Map(symbols, symbol => Bar(symbol, now))}}}"),
            ["v2", "stocks", "bars"] => Json($"{{\"bars\":{Map(symbols, symbol => $"[{Bar(symbol, now)}]")},\"next_page_token\":null}}"),
            ["v2", "stocks", var symbol, "bars"] => Json($"{{\"bars\":[{Bar(symbol, now)}],\"symbol\":{Quoted(symbol)},\"next_page_token\":null}}"),
            _ => Json("""{"message":"endpoint not found."}""", 404),
        };
    }

    private static string Map(IEnumerable<string> symbols, Func<string, string> value) => $"{{{string.Join(',', symbols.Select(symbol => $"{Quoted(symbol)}:{value(symbol)}"))}}}";

    private static string Bar(string symbol, DateTimeOffset now)
    {
        var price = Price(symbol, now);
        return $"{{\"t\":\"{now:yyyy-MM-ddTHH:mm:00Z}\",\"o\":{price},\"h\":{price},\"l\":{price},\"c\":{price},\"v\":100}}";
    }
}
