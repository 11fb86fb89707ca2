using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>
/// Kraken Spot: 1 a second per address (OHLC and Trades per pair as well) and a private counter of 15 that falls by a third a second; always
/// status 200 (docs.kraken.com/api/docs/guides/spot-rest-ratelimits, read 2026-11-20). A growing nonce is asked for.
/// </summary>
public sealed class KrakenTwin : ProviderTwin
{
    private static readonly LimitRule[] Rules =
    [
        new("public", "public", 1, TimeSpan.FromSeconds(1)),
        new("pair", "pair", 1, TimeSpan.FromSeconds(1)),
        // 0.33 a second, 15 at most.
        new("private", "private", 33, TimeSpan.FromSeconds(100), LimiterKind.TokenBucket) { Burst = 15 },
        new("trading", "trading", 1, TimeSpan.FromSeconds(1)),
    ];

    private readonly Dictionary<string, long> _nonces = new(StringComparer.Ordinal);

    /// <param name="keys">Keys it takes; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    public KrakenTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null)
        : base("kraken", Rules, keys, faults)
    {
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target)
    {
        var method = target.Segments.Count == 3 ? target.Segments[2] : "";
        var isPrivate = target.Path.StartsWith("/0/private/", StringComparison.Ordinal);
        return new TwinRoute(method, !isPrivate ? "public" : method is "AddOrder" or "CancelOrder" ? "trading" : "private", isPrivate ? request.Header("API-Key") ?? "" : request.Remote);
    }

    protected override IReadOnlyList<LimitCharge> Charges(TwinRequest request, TwinTarget target, TwinRoute route)
    {
        var first = new LimitCharge(route.LimitClass, route.Key, route.Endpoint is "TradesHistory" or "Ledgers" or "QueryLedgers" ? 2 : 1);
        return route.Endpoint is "OHLC" or "Trades" ? [first, new LimitCharge("pair", $"{route.Key} {target.First("pair")}")] : [first];
    }

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (route.LimitClass is not "public")
        {
            return Private(request, route, now);
        }

        var pairs = (target.First("pair") ?? "").Split(',');
        return route.Endpoint switch
        {
            "Time" => Result($$"""{"unixtime":{{now.ToUnixTimeSeconds()}}}"""),
            "Assets" or "AssetPairs" => Result("{}"),
            "Ticker" or "OHLC" or "Trades" or "Depth" or "Spread" when !pairs.All(IsKnown) => Error("EQuery:Unknown asset pair"),
            // Asked for XBTUSD, answered as XXBTZUSD.
            "Ticker" => Result($"{{{string.Join(',', pairs.Select(pair => $"{Quoted(Canonical(pair))}:{{\"c\":[\"{Price(Canonical(pair), now)}\",\"1\"]}}"))}}}"),
            "OHLC" or "Trades" or "Depth" or "Spread" => Result($"{{{Quoted(Canonical(pairs[0]))}:[[{now.ToUnixTimeSeconds()},\"{Price(pairs[0], now)}\"]],\"last\":1}}"),
            _ => Error("EGeneral:Unknown method"),
        };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => Error(route.LimitClass is "public" ? "EGeneral:Too many requests" : "EAPI:Rate limit exceeded");

    protected override TwinReply ServerError(int status) => Json("""{"error":["EService:Unavailable"]}""", status);

    protected override void Forget() => _nonces.Clear();

    // XBTUSD, XBT/USD and BTCUSD are one pair; names of other lengths are canonical already.
    private static string Canonical(string pair)
    {
        var plain = pair.Replace("/", "", StringComparison.Ordinal).Replace("BTC", "XBT", StringComparison.Ordinal);
        return plain.Length == 6 ? $"X{plain[..3]}Z{plain[3..]}" : plain;
    }

    private static TwinReply Result(string result) => Json($$"""{"error":[],"result":{{result}}}""");

    private static TwinReply Error(string text) => Json($$"""{"error":[{{Quoted(text)}}]}""");

    private TwinReply Private(TwinRequest request, TwinRoute route, DateTimeOffset now)
    {
        if (!Knows(route.Key))
        {
            return Error("EAPI:Invalid key");
        }

        var nonce = TwinTarget.ParseForm(System.Text.Encoding.UTF8.GetString(request.Body.Span)).FirstOrDefault(pair => pair.Key is "nonce").Value;
        if (!long.TryParse(nonce, System.Globalization.CultureInfo.InvariantCulture, out var number) || number <= _nonces.GetValueOrDefault(route.Key))
        {
            return Error("EAPI:Invalid nonce");
        }

        _nonces[route.Key] = number;
        return Result($$"""{"at":{{now.ToUnixTimeSeconds()}}}""");
    }
}
