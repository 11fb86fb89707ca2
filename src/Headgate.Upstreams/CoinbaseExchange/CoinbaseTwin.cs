using System.Globalization;
using System.Text.Json.Nodes;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.CoinbaseExchange;

/// <summary>Coinbase Exchange as documented (docs.cdp.coinbase.com/exchange, read 2026-11-20), with its buckets held strictly.</summary>
/// <remarks>Public calls: 10 a second per address, burst 15. Private: 15 a second per key, burst 30; fills 10, burst 20. Buckets start full.</remarks>
public sealed class CoinbaseTwin : Twin
{
    private const string Public = "public";
    private const string Private = "private";
    private const string FillsClass = "fills";

    private static readonly LimitRule[] Rules =
    [
        new("public 10/s burst 15", Public, 10, TimeSpan.FromSeconds(1), LimiterKind.TokenBucket) { Burst = 15 },
        new("private 15/s burst 30", Private, 15, TimeSpan.FromSeconds(1), LimiterKind.TokenBucket) { Burst = 30 },
        new("fills 10/s burst 20", FillsClass, 10, TimeSpan.FromSeconds(1), LimiterKind.TokenBucket) { Burst = 20 },
    ];

    private readonly CoinbaseOptions _options;
    private readonly CoinbaseMarket _market;
    private readonly Dictionary<string, CoinbaseProfile> _profiles = new(StringComparer.Ordinal);

    /// <param name="options">Tape and keys.</param>
    /// <param name="faults">Faults to apply; null applies none until some are asked for (chances then follow seed 0).</param>
    /// <param name="counters">Where arrivals are recorded; null makes a new record.</param>
    public CoinbaseTwin(CoinbaseOptions options, FaultPlan? faults = null, TwinCounters? counters = null)
        : base("coinbase", Rules, faults ?? new FaultPlan(new Random(0)), counters ?? new TwinCounters())
    {
        _options = options;
        _market = new CoinbaseMarket(options.Tape);
        Forget();
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target)
    {
        var endpoint = Endpoint(request.Method, target.Segments);
        var isPrivate = target.Segments.Count > 0 && target.Segments[0] is "accounts" or "orders" or "fills";
        return isPrivate
            ? new TwinRoute(endpoint, endpoint is "fills" ? FillsClass : Private, request.Header("CB-ACCESS-KEY") ?? request.Remote)
            : new TwinRoute(endpoint, Public, request.Remote);
    }

    protected override TwinReply TooManyRequests(TwinRoute route) =>
        CoinbaseReply.Error(429, route.LimitClass is Public ? "Public rate limit exceeded" : "Private rate limit exceeded");

    protected override TwinReply ServerError(int status) => CoinbaseReply.Error(status, "Internal server error");

    protected override void Forget()
    {
        foreach (var key in _options.Keys)
        {
            _profiles[key.ProfileId] = new CoinbaseProfile(key.ProfileId);
        }
    }

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (route.Endpoint is "unknown")
        {
            return CoinbaseReply.NotFound();
        }

        if (route.LimitClass is Public)
        {
            return AnswerPublic(target, route.Endpoint, now);
        }

        var (key, refusal) = CoinbaseSignature.Check(request, _options, now);
        return key is null ? refusal! : AnswerPrivate(request, target, route.Endpoint, _profiles[key.ProfileId], now);
    }

    private static string Endpoint(string method, IReadOnlyList<string> path) => (method, path.Count > 0 ? path[0] : "", path.Count) switch
    {
        ("GET" or "HEAD", "products", 1) => "products",
        ("GET" or "HEAD", "products", 2) => "product",
        ("GET" or "HEAD", "products", 3) when path[2] is "ticker" or "stats" or "book" or "trades" or "candles" => path[2],
        ("GET" or "HEAD", "currencies", 1) => "currencies",
        ("GET" or "HEAD", "time", 1) => "time",
        ("GET" or "HEAD", "accounts", 1) => "accounts",
        ("GET" or "HEAD", "accounts", 2) => "account",
        ("GET" or "HEAD", "orders", 1) => "orders",
        ("GET" or "HEAD", "orders", 2) => "order",
        ("GET" or "HEAD", "fills", 1) => "fills",
        ("POST", "orders", 1) => "order-place",
        ("DELETE", "orders", 1) => "order-cancel-all",
        ("DELETE", "orders", 2) => "order-cancel",
        _ => "unknown",
    };

    private TwinReply AnswerPublic(TwinTarget target, string endpoint, DateTimeOffset now)
    {
        var id = target.Segments.Count > 1 ? target.Segments[1] : "";
        if (id.Length > 0 && !_market.Lists(id))
        {
            return CoinbaseReply.NotFound();
        }

        return endpoint switch
        {
            "products" => _market.Products(),
            "product" => _market.ProductOf(id),
            "ticker" => _market.Ticker(id, now),
            "stats" => _market.Stats(id, now),
            "book" => _market.Book(id, target.First("level"), now),
            "trades" => _market.Trades(id, target, now),
            "candles" => CoinbaseCandles.Answer(_options.Tape, id, target, now),
            "currencies" => _market.Currencies(),
            "time" => CoinbaseReply.Of(new JsonObject { ["iso"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), ["epoch"] = now.ToUnixTimeMilliseconds() / 1000m }),
            _ => CoinbaseReply.NotFound(),
        };
    }

    private TwinReply AnswerPrivate(TwinRequest request, TwinTarget target, string endpoint, CoinbaseProfile profile, DateTimeOffset now) => endpoint switch
    {
        "accounts" => profile.Accounts(_options.Tape),
        "account" => profile.AccountOf(_options.Tape, target.Segments[1]),
        "orders" => profile.Orders(target),
        "order" => profile.OrderOf(target.Segments[1]),
        "fills" => profile.Fills(),
        "order-place" => profile.Place(_options.Tape, request.Body, now),
        "order-cancel" => profile.Cancel(target.Segments[1]),
        "order-cancel-all" => profile.CancelAll(),
        _ => CoinbaseReply.NotFound(),
    };
}
