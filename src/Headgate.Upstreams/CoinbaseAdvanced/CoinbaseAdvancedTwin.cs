using System.Globalization;
using System.Text.Json.Nodes;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.CoinbaseAdvanced;

/// <summary>
/// Coinbase Advanced Trade (docs.cdp.coinbase.com/advanced-trade, read 2026-11-20): public routes 10 a second per address, signed ones 30 a second per key. Tokens
/// are read, their lifetime and the request they name are checked; their signature is not, since a twin has no keys.
/// </summary>
public sealed class CoinbaseAdvancedTwin : Twin
{
    /// <summary>The host tokens name.</summary>
    public const string Host = "api.coinbase.com";

    private const string Prefix = "/api/v3/brokerage/";
    private const string Public = "public";
    private const string Private = "private";

    private static readonly LimitRule[] Rules = [new("public 10/s", Public, 10, TimeSpan.FromSeconds(1)), new("private 30/s", Private, 30, TimeSpan.FromSeconds(1))];

    private readonly CoinbaseAdvancedOptions _options;
    private readonly AdvancedProducts _products;
    private readonly Dictionary<string, AdvancedAccount> _accounts = new(StringComparer.Ordinal);

    /// <param name="options">Tape and keys.</param>
    /// <param name="faults">Faults to apply; null applies none until some are asked for (chances then follow seed 0).</param>
    public CoinbaseAdvancedTwin(CoinbaseAdvancedOptions options, FaultPlan? faults = null)
        : base("coinbase-advanced", options.Unlimited ? [] : Rules, faults ?? new FaultPlan(new Random(0)), new TwinCounters())
    {
        _options = options;
        _products = new AdvancedProducts(options.Tape);
        Forget();
    }

    /// <summary>Orders placed so far on all accounts.</summary>
    public int Orders => _accounts.Values.Sum(account => account.Placed);

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target)
    {
        var endpoint = Endpoint(request.Method, target);
        var isPublic = endpoint is "time" || endpoint.StartsWith("market-", StringComparison.Ordinal);
        return isPublic ? new TwinRoute(endpoint, Public, request.Remote) : new TwinRoute(endpoint, Private, AdvancedToken.Read(request)?.Subject ?? request.Remote);
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => AdvancedReply.Of(
        new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["id"] = "rate_limit_exceeded", ["message"] = "Too many requests" }) }, 429);

    protected override TwinReply ServerError(int status) => AdvancedReply.Error(status, "INTERNAL", "Internal server error");

    protected override void Forget()
    {
        foreach (var key in _options.Keys)
        {
            _accounts[key] = new AdvancedAccount(_options.Dollars);
        }
    }

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (string.Equals(route.LimitClass, Public, StringComparison.Ordinal))
        {
            return AnswerMarket(target, route.Endpoint, now);
        }

        if (AdvancedToken.Read(request) is not { } token || !_accounts.TryGetValue(token.Subject, out var account) || !token.Covers(request.Method, Host + target.Path, now))
        {
            return AdvancedReply.Text(401, "Unauthorized");
        }

        var reply = route.Endpoint switch
        {
            "best-bid-ask" => _products.BestBidAsk([.. target.All("product_ids")], now),
            "products" or "product" or "candles" or "ticker" or "product-book" => AnswerMarket(target, "market-" + route.Endpoint, now),
            "accounts" => account.Accounts(_options.Tape),
            "order-place" => account.Place(_options.Tape, request.Body, now),
            "order" => account.OrderOf(target.Segments[^1]),
            "orders" => account.OrdersOf(target),
            "order-cancel" => account.Cancel(request.Body),
            "fills" => account.Fills(),
            _ => AdvancedReply.NotFound(),
        };
        var left = 30 - Used("private 30/s", token.Subject, now);
        return reply with { Headers = [.. reply.Headers, new("x-ratelimit-limit", "30"), new("x-ratelimit-remaining", Math.Max(0, left).ToString(CultureInfo.InvariantCulture))] };
    }

    private static string Endpoint(string method, TwinTarget target)
    {
        if (!target.Path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return "unknown";
        }

        var path = target.Segments.Skip(3).ToList();
        var isMarket = path is ["market", ..];
        var rest = isMarket ? path[1..] : path;
        var found = (method, rest) switch
        {
            ("GET" or "HEAD", ["products"]) => "products",
            ("GET" or "HEAD", ["products", _]) => "product",
            ("GET" or "HEAD", ["products", _, "candles"]) => "candles",
            ("GET" or "HEAD", ["products", _, "ticker"]) => "ticker",
            ("GET" or "HEAD", ["product_book"]) => "product-book",
            ("GET" or "HEAD", ["time"]) => "time",
            ("GET" or "HEAD", ["best_bid_ask"]) => "best-bid-ask",
            ("GET" or "HEAD", ["accounts"]) => "accounts",
            ("GET" or "HEAD", ["orders", "historical", "batch"]) => "orders",
            ("GET" or "HEAD", ["orders", "historical", "fills"]) => "fills",
            ("GET" or "HEAD", ["orders", "historical", _]) => "order",
            ("POST", ["orders"]) => "order-place",
            ("POST", ["orders", "batch_cancel"]) => "order-cancel",
            _ => "unknown",
        };
        var isMarketData = found is "products" or "product" or "candles" or "ticker" or "product-book";
        return isMarket ? isMarketData ? "market-" + found : "unknown" : found;
    }

    private TwinReply AnswerMarket(TwinTarget target, string endpoint, DateTimeOffset now)
    {
        var rest = target.Segments.SkipWhile(segment => !string.Equals(segment, "products", StringComparison.Ordinal)).ToList();
        var id = rest.Count > 1 ? rest[1] : target.First("product_id") ?? "";
        return endpoint switch
        {
            "time" => AdvancedReply.Of(new JsonObject { ["iso"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), ["epochSeconds"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) }),
            "market-products" => _products.List([.. target.All("product_ids")], now),
            "market-product" => _products.One(id, now),
            "market-candles" => _products.Candles(id, target, now),
            "market-ticker" => _products.Ticker(id, now),
            "market-product-book" => _products.Book(id, now),
            _ => AdvancedReply.NotFound(),
        };
    }
}
