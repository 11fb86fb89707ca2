using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

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

    private readonly Dictionary<string, CoinbaseAdvancedKey> _signers;

    /// <param name="signers">Keys it knows; null knows none, so that only public calls are answered.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    public CoinbaseAdvancedTwin(IReadOnlyList<CoinbaseAdvancedKey>? signers = null, FaultPlan? faults = null)
        : base("coinbase-advanced", Rules, keys: null, faults) => _signers = (signers ?? []).ToDictionary(key => key.Name, StringComparer.Ordinal);

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target)
    {
        var isPublic = target.Path.StartsWith($"{Root}market/", StringComparison.Ordinal) || target.Path is $"{Root}time";
        return isPublic ? new TwinRoute(target.Path, "public", request.Remote) : new TwinRoute(target.Path, "private", KeyOf(request) ?? "");
    }

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (route.LimitClass is "private" && !IsSigned(request, target, now))
        {
            return Json("""{"error":"unauthorized","error_details":"invalid token","message":"Unauthorized"}""", 401);
        }

        var reply = Data(target, now);
        return route.LimitClass is "public" ? reply : reply with
        {
            Headers = [.. reply.Headers, Header("x-ratelimit-limit", PrivatePerSecond), Header("x-ratelimit-remaining", PrivatePerSecond - Used("private", route.Key, now)), Header("x-ratelimit-reset", 1)],
        };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => Json("""{"errors":[{"id":"rate_limit_exceeded","message":"Too many requests"}]}""", 429);

    protected override TwinReply ServerError(int status) => Json("""{"error":"unknown","error_details":"","message":"Internal server error"}""", status);

    private static TwinReply Data(TwinTarget target, DateTimeOffset now)
    {
        var products = target.All("product_ids").Where(IsKnown).Distinct(StringComparer.Ordinal).ToList();
        return target.Segments.Skip(3).ToArray() switch
        {
            ["market", "products"] or ["products"] => Json($"{{\"products\":[{string.Join(',', products.Select(id => Product(id, now)))}],\"num_products\":{products.Count}}}"),
            [.., "products", var id] => IsKnown(id) ? Json(Product(id, now)) : NotFound(),
            ["market", "products", var id, "ticker"] => IsKnown(id) ? Json($"{{\"trades\":[],\"best_bid\":\"{Price(id, now)}\",\"best_ask\":\"{Price(id, now)}\"}}") : NotFound(),
            ["market", "product_book"] => IsKnown(target.First("product_id")) ? Json($"{{\"pricebook\":{Book(target.First("product_id")!, now)}}}") : NotFound(),
            ["market", "products", var id, "candles"] => IsKnown(id) ? Json(Candles(id, target)) : NotFound(),
            ["best_bid_ask"] => Json($"{{\"pricebooks\":[{string.Join(',', products.Select(id => Book(id, now)))}]}}"),
            ["accounts"] => Json("""{"accounts":[{"uuid":"a","currency":"BTC","available_balance":{"value":"1","currency":"BTC"}}],"has_next":false,"cursor":""}"""),
            ["time"] => Json($"{{\"iso\":\"{now:yyyy-MM-ddTHH:mm:ssZ}\",\"epochSeconds\":\"{now.ToUnixTimeSeconds()}\"}}"),
            _ => NotFound(),
        };
    }

    private static TwinReply NotFound() => Json("""{"error":"NOT_FOUND","error_details":"valid product_id is required","message":"valid product_id is required"}""", 404);

    private static string Product(string id, DateTimeOffset now) => $"{{\"product_id\":{Quoted(id)},\"price\":\"{Price(id, now)}\",\"status\":\"online\",\"product_type\":\"SPOT\"}}";

    private static string Book(string id, DateTimeOffset now) =>
        $"{{\"product_id\":{Quoted(id)},\"bids\":[{{\"price\":\"{Price(id, now)}\",\"size\":\"1\"}}],\"asks\":[{{\"price\":\"{Price(id, now)}\",\"size\":\"1\"}}],\"time\":\"{now:yyyy-MM-ddTHH:mm:ss.ffffffZ}\"}}";

    // Newest first, minutes only, as many as a call may have.
    private static string Candles(string id, TwinTarget target)
    {
        var rows = long.TryParse(target.First("start"), CultureInfo.InvariantCulture, out var from) && long.TryParse(target.First("end"), CultureInfo.InvariantCulture, out var to)
            ? Enumerable.Range(0, (int)Math.Clamp((to - from) / 60, 0, 300)).Select(i => to - (to % 60) - (i * 60L)).Where(at => at >= from)
            : [];
        return $"{{\"candles\":[{string.Join(',', rows.Select(at => Candle(id, DateTimeOffset.FromUnixTimeSeconds(at))))}]}}";
    }

    private static string Candle(string id, DateTimeOffset at) =>
        $"{{\"start\":\"{at.ToUnixTimeSeconds()}\",\"low\":\"{Price(id, at)}\",\"high\":\"{Price(id, at)}\",\"open\":\"{Price(id, at)}\",\"close\":\"{Price(id, at)}\",\"volume\":\"1\"}}";

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

    private bool IsSigned(TwinRequest request, TwinTarget target, DateTimeOffset now)
    {
        var token = After(request.Header("Authorization"), "Bearer ");
        if (Claims(token) is not { } claims || !_signers.TryGetValue(Text(claims, "sub"), out var key))
        {
            return false;
        }

        var at = now.ToUnixTimeSeconds();
        var end = token!.LastIndexOf('.');
        return Text(claims, "iss") is "cdp"
            && claims.TryGetProperty("nbf", out var nbf) && nbf.TryGetInt64(out var from) && from <= at + 5
            && claims.TryGetProperty("exp", out var exp) && exp.TryGetInt64(out var until) && at < until && until - from <= 120
            && string.Equals(Text(claims, "uri"), $"{request.Method} {Host}{target.Path}", StringComparison.Ordinal)
            && key.Verifies(token[..end], token[(end + 1)..]);
    }

    private static string Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
