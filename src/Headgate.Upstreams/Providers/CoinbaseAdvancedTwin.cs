using System.Buffers.Text;
using System.Text.Json;
using Headgate.Upstreams.CoinbaseAdvanced;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Providers;

/// <summary>
/// Coinbase Advanced Trade: public calls 10 a second per address, private 30 a second per key (ccxt coinbase.js, read 2026-11-20). A private call
/// shows a token signed for its own method, host and path, at most two minutes old.
/// </summary>
public sealed class CoinbaseAdvancedTwin : ProviderTwin
{
    /// <summary>The host every token must be signed for, whatever name this emulation was reached by.</summary>
    public const string Host = "api.coinbase.com";

    private const int PrivatePerSecond = 30;
    private const string Root = "/api/v3/brokerage/";

    private static readonly LimitRule[] Rules =
    [
        new("public", "public", 10, TimeSpan.FromSeconds(1)),
        new("private", "private", PrivatePerSecond, TimeSpan.FromSeconds(1)),
    ];

    // Any moment of a synthetic tape has prices, whatever its first minute is.
    private static readonly SyntheticTape Made = new(0, DateTimeOffset.UnixEpoch, SyntheticUniverse.Crypto(), TapeSession.AlwaysOpen);

    private readonly CoinbaseAdvancedOptions _options;
    private readonly AdvancedProducts _products;
    private readonly Dictionary<string, CoinbaseAdvancedKey> _signers;
    private readonly Dictionary<string, AdvancedAccount> _accounts = new(StringComparer.Ordinal);

    /// <param name="signers">Keys it knows; null knows none, so that only public calls are answered.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    public CoinbaseAdvancedTwin(IReadOnlyList<CoinbaseAdvancedKey>? signers = null, FaultPlan? faults = null)
        : this(new CoinbaseAdvancedOptions(Made) { Signers = signers ?? [] }, faults)
    {
    }

    /// <param name="options">Market, keys and what their accounts hold.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    public CoinbaseAdvancedTwin(CoinbaseAdvancedOptions options, FaultPlan? faults = null)
        : base("coinbase-advanced", options.Unlimited ? [] : Rules, keys: null, faults)
    {
        _options = options;
        _products = new AdvancedProducts(options.Tape);
        _signers = options.Signers.ToDictionary(key => key.Name, StringComparer.Ordinal);
        Forget();
    }

    /// <summary>Orders ever placed, on all accounts.</summary>
    public int Orders => _accounts.Values.Sum(account => account.Placed);

    /// <summary>Opens a key's account anew, with what it had before. Not while calls arrive.</summary>
    /// <param name="subject">One of the keys it knows.</param>
    /// <param name="dollars">What it held at first.</param>
    /// <param name="orders">Its orders since, oldest first.</param>
    public void Restore(string subject, decimal dollars, IReadOnlyList<AdvancedOrder> orders)
    {
        var account = new AdvancedAccount(dollars);
        foreach (var order in orders)
        {
            account.Add(order);
        }

        _accounts[subject] = account;
    }

    protected override void Forget()
    {
        foreach (var name in _signers.Keys.Concat(_options.Unsigned))
        {
            _accounts[name] = new AdvancedAccount(_options.Dollars);
        }
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target)
    {
        var endpoint = Endpoint(request.Method, target);
        var isPublic = endpoint is "time" || endpoint.StartsWith("market-", StringComparison.Ordinal);
        return isPublic ? new TwinRoute(endpoint, "public", request.Remote) : new TwinRoute(endpoint, "private", KeyOf(request) ?? "");
    }

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (route.LimitClass is "public")
        {
            return MarketData(target, route.Endpoint, now);
        }

        if (!IsAllowed(request, target, now))
        {
            return AdvancedReply.Error(401, "unauthorized", "Unauthorized");
        }

        var account = _accounts[KeyOf(request)!];
        var reply = route.Endpoint switch
        {
            "best-bid-ask" => _products.BestBidAsk([.. target.All("product_ids")], now),
            "products" or "product" or "candles" or "ticker" or "product-book" => MarketData(target, "market-" + route.Endpoint, now),
            "accounts" => account.Accounts(_options.Tape),
            "order-place" => account.Place(_options.Tape, request.Body, now),
            "order" => account.OrderOf(target.Segments[^1]),
            "orders" => account.OrdersOf(target),
            "order-cancel" => account.Cancel(request.Body),
            "fills" => account.Fills(),
            _ => AdvancedReply.NotFound(),
        };
        return _options.Unlimited ? reply : reply with
        {
            Headers = [.. reply.Headers, Header("x-ratelimit-limit", PrivatePerSecond), Header("x-ratelimit-remaining", PrivatePerSecond - Used("private", route.Key, now)), Header("x-ratelimit-reset", 1)],
        };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => Json("""{"errors":[{"id":"rate_limit_exceeded","message":"Too many requests"}]}""", 429);

    protected override TwinReply ServerError(int status) => Json("""{"error":"unknown","error_details":"","message":"Internal server error"}""", status);

    private static string Endpoint(string method, TwinTarget target)
    {
        if (!target.Path.StartsWith(Root, StringComparison.Ordinal))
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
        return isMarket ? "market-" + found : found;
    }

    private TwinReply MarketData(TwinTarget target, string endpoint, DateTimeOffset now)
    {
        var rest = target.Segments.SkipWhile(segment => !string.Equals(segment, "products", StringComparison.Ordinal)).ToList();
        var id = rest.Count > 1 ? rest[1] : target.First("product_id") ?? "";
        return endpoint switch
        {
            "time" => Json($"{{\"iso\":\"{now:yyyy-MM-ddTHH:mm:ssZ}\",\"epochSeconds\":\"{now.ToUnixTimeSeconds()}\"}}"),
            "market-products" => _products.List([.. target.All("product_ids")], now),
            "market-product" => _products.One(id, now),
            "market-candles" => _products.Candles(id, target, now),
            "market-ticker" => _products.Ticker(id, now),
            "market-product-book" => _products.Book(id, now),
            _ => AdvancedReply.NotFound(),
        };
    }

    private static string? KeyOf(TwinRequest request) => Claims(After(request.Header("Authorization"), "Bearer ")) is { } claims && claims.TryGetProperty("sub", out var sub) ? sub.GetString() : null;

    private static JsonElement? Claims(string? token)
    {
        if (token?.Split('.') is not [_, var part, _] || !Base64Url.IsValid(part))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part));
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsAllowed(TwinRequest request, TwinTarget target, DateTimeOffset now)
    {
        var token = After(request.Header("Authorization"), "Bearer ");
        if (Claims(token) is not { } claims)
        {
            return false;
        }

        var subject = Text(claims, "sub");
        var key = _signers.GetValueOrDefault(subject);
        if (key is null && !_options.Unsigned.Contains(subject, StringComparer.Ordinal))
        {
            return false;
        }

        var at = now.ToUnixTimeSeconds();
        var end = token!.LastIndexOf('.');
        return Text(claims, "iss") is "cdp"
            && claims.TryGetProperty("nbf", out var nbf) && nbf.TryGetInt64(out var from) && from <= at + 5
            && claims.TryGetProperty("exp", out var exp) && exp.TryGetInt64(out var until) && at < until && until - from <= 120
            && string.Equals(Text(claims, "uri"), $"{request.Method} {Host}{target.Path}", StringComparison.Ordinal)
            && (key is null || key.Verifies(token[..end], token[(end + 1)..]));
    }

    private static string Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
