using System.Globalization;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>
/// Questrade: account calls 30 a second and 30,000 an hour, market data 20 and 15,000 (questrade.com/api/documentation/rate-limiting, read
/// 2026-11-20); a refresh token is redeemed once, and its successor and a half hour's access token come with the answer.
/// </summary>
public sealed class QuestradeTwin : ProviderTwin
{
    private static readonly TimeSpan AccessLife = TimeSpan.FromMinutes(30);

    private static readonly LimitRule[] Rules =
    [
        new("account-second", "account", 30, TimeSpan.FromSeconds(1)),
        new("account-hour", "account", 30_000, TimeSpan.FromHours(1)),
        new("market-second", "market", 20, TimeSpan.FromSeconds(1)),
        new("market-hour", "market", 15_000, TimeSpan.FromHours(1)),
    ];

    private readonly string _firstRefreshToken;
    private readonly Dictionary<string, DateTimeOffset> _access = new(StringComparer.Ordinal);
    private string _refreshToken;
    private int _redeemed;

    /// <param name="refreshToken">The refresh token a person got at login.</param>
    /// <param name="keys">Access tokens that never lapse; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    public QuestradeTwin(string refreshToken = "refresh-0", IReadOnlyList<string>? keys = null, FaultPlan? faults = null)
        : base("questrade", Rules, keys, faults) => _firstRefreshToken = _refreshToken = refreshToken;

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target)
    {
        var kind = target.Segments.Count > 1 ? target.Segments[1] : "";
        return new TwinRoute(
            target.Path, kind is "markets" or "symbols" ? "market" : target.Path is "/oauth2/token" ? "login" : "account", After(request.Header("Authorization"), "Bearer ") ?? "");
    }

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (route.LimitClass is "login")
        {
            return Redeem(request, target, now);
        }

        if (!Knows(route.Key) && !(_access.TryGetValue(route.Key, out var until) && now < until))
        {
            return Json("""{"code":1017,"message":"Access token is invalid"}""", 401);
        }

        var rule = $"{route.LimitClass}-hour";
        var reply = Data(target, now);
        return reply with { Headers = [.. reply.Headers, Header("X-RateLimit-Remaining", (route.LimitClass is "market" ? 15_000 : 30_000) - Used(rule, route.Key, now))] };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => Json("""{"code":1011,"message":"API rate limit exceeded"}""", 429);

    protected override TwinReply ServerError(int status) => Json("""{"code":1021,"message":"Server error"}""", status);

    protected override void Forget()
    {
        _refreshToken = _firstRefreshToken;
        _redeemed = 0;
        _access.Clear();
    }

    private static TwinReply Data(TwinTarget target, DateTimeOffset now) => target.Segments switch
    {
        ["v1", "markets", "quotes"] => Json($"{{\"quotes\":[{string.Join(',', (target.First("ids") ?? "").Split(',').Where(id => long.TryParse(id, CultureInfo.InvariantCulture, out _)).Select(id => Quote(id, now)))}]}}"),
        ["v1", "markets", "quotes", var id] => Json($"{{\"quotes\":[{Quote(id, now)}]}}"),
        ["v1", "symbols", "search"] => Json("""{"symbols":[]}"""),
        ["v1", "accounts"] => Json("""{"accounts":[{"type":"TFSA","number":"26598145"}],"userId":1}"""),
        ["v1", "accounts", _, "positions"] => Json("""{"positions":[]}"""),
        ["v1", "accounts", _, "balances"] => Json("""{"perCurrencyBalances":[]}"""),
        _ => Json("""{"code":3139,"message":"Invalid route"}""", 404),
    };

    private static string Quote(string id, DateTimeOffset now) =>
        $$"""{"symbolId":{{id}},"lastTradePrice":{{Price(id, now)}},"lastTradeTime":"{{now:yyyy-MM-ddTHH:mm:ss.ffffff}}+00:00","delay":0}""";

    private TwinReply Redeem(TwinRequest request, TwinTarget target, DateTimeOffset now)
    {
        var fields = request.Body.IsEmpty ? target.Query : TwinTarget.ParseForm(System.Text.Encoding.UTF8.GetString(request.Body.Span));
        if (!string.Equals(fields.FirstOrDefault(field => field.Key is "refresh_token").Value, _refreshToken, StringComparison.Ordinal))
        {
            return new TwinReply(400, [new("Content-Type", "text/plain")], "Bad Request"u8.ToArray());
        }

        _redeemed++;
        _refreshToken = $"{_firstRefreshToken}.{_redeemed.ToString(CultureInfo.InvariantCulture)}";
        var access = $"access-{_redeemed.ToString(CultureInfo.InvariantCulture)}";
        _access[access] = now + AccessLife;
        return Json($$"""{"access_token":"{{access}}","token_type":"Bearer","expires_in":1800,"refresh_token":{{Quoted(_refreshToken)}},"api_server":"https://api01.iq.questrade.com/"}""");
    }
}
