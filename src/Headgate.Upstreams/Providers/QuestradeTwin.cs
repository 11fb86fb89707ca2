using System.Globalization;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>
/// Questrade: account calls 30 a second and 30,000 an hour, market data 20 and 15,000 (questrade.com/api/documentation/rate-limiting, read
/// 2026-11-20). A refresh token is redeemed once, within seven days; its successor, half an hour's access token and the server that takes it come with the
/// answer. Redeeming one twice is counted as a violation.
/// </summary>
public sealed class QuestradeTwin : ProviderTwin
{
    /// <summary>How a refresh token redeemed twice is counted.</summary>
    public const string ReuseRule = "refresh token redeemed twice";

    private static readonly TimeSpan AccessLife = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan RefreshLife = TimeSpan.FromDays(7);

    private static readonly LimitRule[] Rules =
    [
        new("account-second", "account", 30, TimeSpan.FromSeconds(1)),
        new("account-hour", "account", 30_000, TimeSpan.FromHours(1)),
        new("market-second", "market", 20, TimeSpan.FromSeconds(1)),
        new("market-hour", "market", 15_000, TimeSpan.FromHours(1)),
    ];

    private readonly string _firstRefreshToken;
    private readonly bool _isUnlimited;
    private readonly Dictionary<string, Access> _access = new(StringComparer.Ordinal);
    private readonly HashSet<string> _spent = new(StringComparer.Ordinal);
    private string _refreshToken;
    private DateTimeOffset? _refreshUntil;
    private int _redeemed;

    /// <param name="refreshToken">The refresh token a person got at login.</param>
    /// <param name="keys">Access tokens that never lapse and work at every server; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    /// <param name="isUnlimited">Holds nobody to any limit.</param>
    public QuestradeTwin(string refreshToken = "refresh-0", IReadOnlyList<string>? keys = null, FaultPlan? faults = null, bool isUnlimited = false)
        : base("questrade", isUnlimited ? [] : Rules, keys, faults) => (_firstRefreshToken, _refreshToken, _isUnlimited) = (refreshToken, refreshToken, isUnlimited);

    /// <summary>Tokens redeemed so far.</summary>
    public int Redeemed => Volatile.Read(ref _redeemed);

    /// <summary>A person makes a new refresh token at the web site; the one before is worth nothing from then on.</summary>
    public void Login(string refreshToken)
    {
        _refreshToken = refreshToken;
        _refreshUntil = null;
    }

    /// <summary>Every access token given out so far ends now.</summary>
    public void RevokeAccess() => _access.Clear();

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target)
    {
        var kind = target.Segments.Count > 1 ? target.Segments[1] : "";
        var limit = kind is "markets" or "symbols" ? "market" : target.Path is "/oauth2/token" ? "login" : "account";
        var token = After(request.Header("Authorization"), "Bearer ") ?? "";
        // The limits are the login's, whatever its token is at the moment.
        return new TwinRoute(target.Path, limit, _access.ContainsKey(token) ? _firstRefreshToken : token);
    }

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (route.LimitClass is "login")
        {
            return Redeem(request, target, now);
        }

        var token = After(request.Header("Authorization"), "Bearer ") ?? "";
        if (!Knows(token) && !(_access.TryGetValue(token, out var access) && now < access.Until && string.Equals(access.Host, request.Header("Host") ?? "", StringComparison.OrdinalIgnoreCase)))
        {
            return Json("""{"code":1017,"message":"Access token is invalid"}""", 401);
        }

        var rule = $"{route.LimitClass}-hour";
        var left = (route.LimitClass is "market" ? 15_000 : 30_000) - (_isUnlimited ? 0 : Used(rule, route.Key, now));
        var reply = Data(target, now);
        return reply with { Headers = [.. reply.Headers, Header("X-RateLimit-Remaining", left), Header("X-RateLimit-Reset", now.AddHours(1).ToUnixTimeSeconds())] };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => Json("""{"code":1011,"message":"API rate limit exceeded"}""", 429);

    protected override TwinReply ServerError(int status) => Json("""{"code":1021,"message":"Server error"}""", status);

    protected override void Forget()
    {
        _refreshToken = _firstRefreshToken;
        _refreshUntil = null;
        _redeemed = 0;
        _access.Clear();
        _spent.Clear();
    }

    private static TwinReply Data(TwinTarget target, DateTimeOffset now) => target.Segments switch
    {
        ["v1", "markets", "quotes"] => Json($"{{\"quotes\":[{string.Join(',', (target.First("ids") ?? "").Split(',').Where(id => long.TryParse(id, CultureInfo.InvariantCulture, out _)).Select(id => Quote(id, now)))}]}}"),
        ["v1", "markets", "quotes", var id] => Json($"{{\"quotes\":[{Quote(id, now)}]}}"),
        ["v1", "symbols", "search"] => Search(target.First("prefix") ?? ""),
        ["v1", "time"] => Json($$"""{"time":"{{now:yyyy-MM-ddTHH:mm:ss.ffffff}}+00:00"}"""),
        ["v1", "accounts"] => Json("""{"accounts":[{"type":"TFSA","number":"26598145"}],"userId":1}"""),
        ["v1", "accounts", _, "positions"] => Json($$"""{"positions":[{"symbol":"RY","symbolId":34658,"openQuantity":3,"averageEntryPrice":120.5,"currentPrice":{{Price("RY", now)}},"isRealTime":false}]}"""),
        ["v1", "accounts", _, "balances"] => Json("""{"perCurrencyBalances":[{"currency":"CAD","cash":1250.75,"totalEquity":1640.2,"buyingPower":2500,"isRealTime":true}],"combinedBalances":[]}"""),
        ["v1", "accounts", _, "orders"] => Json("""{"orders":[]}"""),
        _ => Json("""{"code":3139,"message":"Invalid route"}""", 404),
    };

    private static TwinReply Search(string prefix) => IsKnown(prefix)
        ? Json($$"""{"symbols":[{"symbol":{{Quoted(prefix)}},"symbolId":{{(Tapes.SyntheticPath.Hash(prefix) % 90_000) + 1_000}},"listingExchange":"TSX","currency":"CAD","isQuotable":true}]}""")
        : Json("""{"symbols":[]}""");

    // Ids that end in 99 have no real-time data left: what is told is a quarter of an hour old, and says so.
    private static string Quote(string id, DateTimeOffset now)
    {
        var isDelayed = id.EndsWith("99", StringComparison.Ordinal);
        var at = isDelayed ? now.AddMinutes(-15) : now;
        return $$"""{"symbolId":{{id}},"bidPrice":{{Price(id, at)}},"askPrice":{{Price(id, at)}},"lastTradePrice":{{Price(id, at)}},"volume":1000,"isHalted":false,"lastTradeTime":"{{at:yyyy-MM-ddTHH:mm:ss.ffffff}}+00:00","delay":{{(isDelayed ? 1 : 0)}}}""";
    }

    private TwinReply Redeem(TwinRequest request, TwinTarget target, DateTimeOffset now)
    {
        var fields = request.Body.IsEmpty ? target.Query : TwinTarget.ParseForm(System.Text.Encoding.UTF8.GetString(request.Body.Span));
        var shown = fields.FirstOrDefault(field => field.Key is "refresh_token").Value ?? "";
        if (_spent.Contains(shown))
        {
            Offend(ReuseRule);
        }

        if (!string.Equals(shown, _refreshToken, StringComparison.Ordinal) || now > _refreshUntil)
        {
            return new TwinReply(400, [new("Content-Type", "text/plain")], "Bad Request"u8.ToArray());
        }

        _redeemed++;
        _spent.Add(_refreshToken);
        _refreshToken = $"{_firstRefreshToken}.{_redeemed.ToString(CultureInfo.InvariantCulture)}";
        _refreshUntil = now + RefreshLife;
        var access = $"access-{_redeemed.ToString(CultureInfo.InvariantCulture)}";
        var server = ServerOf(request.Header("Host") ?? "");
        _access[access] = new Access(now + AccessLife, server.Authority);
        return Json($$"""{"access_token":"{{access}}","token_type":"Bearer","expires_in":1800,"refresh_token":{{Quoted(_refreshToken)}},"api_server":"{{server}}"}""");
    }

    // Each login names one of eight servers; on a socket there is one, for all of them.
    private Uri ServerOf(string host) => host.EndsWith("questrade.com", StringComparison.OrdinalIgnoreCase)
        ? new Uri($"https://api0{((_redeemed % 8) + 1).ToString(CultureInfo.InvariantCulture)}.iq.questrade.com/")
        : new Uri($"http://{host}/");

    private sealed record Access(DateTimeOffset Until, string Host);
}
