using System.Globalization;
using System.Text;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>
/// Yahoo Finance held to 1 a second per address, shut for a quarter of an hour beyond it, and at once for who does not look like a browser. Quotes, options and
/// summaries ask for a cookie and the crumb that belongs to it; in Europe the cookie comes after redirects to a consent form (yahoo-finance2 getCrumb.ts, read 2026-11-20).
/// </summary>
public sealed class YahooTwin : ProviderTwin
{
    private const string Csrf = "Kq7csrf";
    private const string Session = "3_cc-session_1";

    private static readonly LimitRule[] Rules = [new("address", "all", 1, TimeSpan.FromSeconds(1)) { LockOut = TimeSpan.FromMinutes(15) }];

    private readonly bool _asksConsent;
    private int _issued;
    private int _oldestGood = 1;

    /// <param name="asksConsent">As seen from Europe: no cookie without consent.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    /// <param name="isUnlimited">Holds nobody to any limit.</param>
    public YahooTwin(bool asksConsent = false, FaultPlan? faults = null, bool isUnlimited = false)
        : base("yahoo", isUnlimited ? [] : Rules, keys: null, faults) => _asksConsent = asksConsent;

    /// <summary>Cookies given out so far.</summary>
    public int Issued => Volatile.Read(ref _issued);

    /// <summary>Every cookie and crumb given out so far ends now.</summary>
    public void Expire() => Volatile.Write(ref _oldestGood, Issued + 1);

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) => new(target.Path, "all", request.Remote);

    protected override void Forget()
    {
        _issued = 0;
        _oldestGood = 1;
    }

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (request.Header("User-Agent")?.Contains("Mozilla/", StringComparison.Ordinal) != true)
        {
            return TooManyRequests(route);
        }

        var cookie = CookieOf(request);
        return target.Segments switch
        {
            [] or ["consent"] or ["v2", "collectConsent"] or ["copyConsent"] => Cookie(request, target),
            ["v1", "test", "getcrumb"] => cookie is null ? Text("Unauthorized", 401) : Text(CrumbOf(cookie.Value)),
            ["v7", "finance", "quote" or "options", ..] or ["v10", ..] when cookie is null || !string.Equals(target.First("crumb"), CrumbOf(cookie.Value), StringComparison.Ordinal) =>
                Json("""{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}""", 401),
            ["v7", "finance", "quote"] => Quotes(target, now),
            ["v7", "finance", "options", var symbol] => Found(symbol, "optionChain", $$"""{"underlyingSymbol":{{Quoted(symbol)}},"options":[]}"""),
            ["v10", "finance", "quoteSummary", var symbol] => Found(symbol, "quoteSummary", $"{{\"price\":{{\"symbol\":{Quoted(symbol)},\"regularMarketPrice\":{{\"raw\":{Price(symbol, now)}}}}}}}"),
            ["v8", "finance", "chart", var symbol] => Found(symbol, "chart", YahooBars.Of(symbol, now, Price)),
            ["v8", "finance", "spark"] => Json($"{{{string.Join(',', Symbols(target).Select(symbol => $"{Quoted(symbol)}:{{\"symbol\":{Quoted(symbol)},\"close\":[{Price(symbol, now)}]}}"))}}}"),
            ["v1", "finance", "search"] => Json($$"""{"quotes":[{"symbol":{{Quoted(target.First("q") ?? "")}}}],"news":[]}"""),
            _ => Json("""{"finance":{"result":null,"error":{"code":"Not Found","description":"No such route"}}}""", 404),
        };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => new(429, [new("Content-Type", "text/plain")], "Edge: Too Many Requests"u8.ToArray());

    protected override TwinReply ServerError(int status) => new(status, [new("Content-Type", "text/html")], "<html>Will be right back</html>"u8.ToArray());

    private static IEnumerable<string> Symbols(TwinTarget target) => (target.First("symbols") ?? "").Split(',').Where(IsKnown);

    // Yahoo answers in an order of its own.
    private static TwinReply Quotes(TwinTarget target, DateTimeOffset now) =>
        Json($$$"""{"quoteResponse":{"result":[{{{string.Join(',', Symbols(target).Order(StringComparer.Ordinal).Select(symbol => $$"""{"symbol":{{Quoted(symbol)}},"regularMarketPrice":{{Price(symbol, now)}},"regularMarketTime":{{now.ToUnixTimeSeconds()}}}"""))}}}],"error":null}}""", 200, new TwinHeader("Cache-Control", "public, max-age=1, stale-while-revalidate=9"), new TwinHeader("Set-Cookie", "B=tracking; Domain=.yahoo.com; Secure"));

    private static TwinReply Found(string symbol, string envelope, string result) => IsKnown(symbol)
        ? Json($"{{\"{envelope}\":{{\"result\":[{result}],\"error\":null}}}}")
        : Json($"{{\"{envelope}\":{{\"result\":null,\"error\":{{\"code\":\"Not Found\",\"description\":\"No data found, symbol may be delisted\"}}}}}}", 404);

    private static TwinReply Text(string text, int status = 200) => new(status, [new("Content-Type", "text/plain")], Encoding.UTF8.GetBytes(text));

    private static TwinReply Redirect(TwinRequest request, string host, string pathAndQuery, params IReadOnlyList<TwinHeader> more)
    {
        // On a socket there is one host for all of them.
        var isReal = request.Header("Host")?.EndsWith("yahoo.com", StringComparison.OrdinalIgnoreCase) == true;
        return new TwinReply(302, [new("Location", isReal ? $"https://{host}{pathAndQuery}" : pathAndQuery), .. more], default);
    }

    private static string CrumbOf(int cookie) => $"Cr/{cookie.ToString(CultureInfo.InvariantCulture)}.umb";

    private int? CookieOf(TwinRequest request)
    {
        var cookies = (request.Header("Cookie") ?? "").Split("; ");
        return Array.Find(cookies, cookie => cookie.StartsWith("A3=d=", StringComparison.Ordinal)) is { } found
            && int.TryParse(found.AsSpan(5), CultureInfo.InvariantCulture, out var number) && number >= _oldestGood && number <= _issued
            ? number
            : null;
    }

    private TwinReply Cookie(TwinRequest request, TwinTarget target)
    {
        var hasAgreed = (request.Header("Cookie") ?? "").Contains("GUC=agreed", StringComparison.Ordinal);
        switch (target.Path)
        {
            case "/" when _asksConsent && !hasAgreed:
                return Redirect(request, "guce.yahoo.com", "/consent?gcrumb=x");
            case "/":
                // Whoever asks gets "not found", and a cookie.
                _issued++;
                return new TwinReply(404, [new("Content-Type", "text/html"), new("Set-Cookie", $"A3=d={_issued.ToString(CultureInfo.InvariantCulture)}; Expires=Sat, 20 Nov 2027 00:00:00 GMT; Domain=.yahoo.com; Path=/; Secure; HttpOnly")], "<html>not found</html>"u8.ToArray());
            case "/consent":
                return Redirect(request, "consent.yahoo.com", $"/v2/collectConsent?sessionId={Session}", new TwinHeader("Set-Cookie", "GUCS=AX; Max-Age=1800; Domain=.yahoo.com"));
            case "/v2/collectConsent" when request.Method is "POST":
                var form = TwinTarget.ParseForm(Encoding.UTF8.GetString(request.Body.Span)).ToLookup(field => field.Key, field => field.Value, StringComparer.Ordinal);
                return form["csrfToken"].Contains(Csrf, StringComparer.Ordinal) && form["sessionId"].Contains(Session, StringComparer.Ordinal) && form["agree"].Contains("agree", StringComparer.Ordinal)
                    ? Redirect(request, "guce.yahoo.com", $"/copyConsent?sessionId={Session}")
                    : Text("Forbidden", 403);
            case "/v2/collectConsent":
                var page = $"""<html><form method="post"><input type="hidden" name="csrfToken" value="{Csrf}"><input type="hidden" name="sessionId" value="{Session}"><input type="hidden" name="originalDoneUrl" value="https://fc.yahoo.com/?a=1&amp;b=2"><input type="hidden" name="namespace" value="yahoo"><button type="submit" name="agree" value="agree">Accept all</button></form></html>""";
                return new TwinReply(200, [new("Content-Type", "text/html; charset=utf-8")], Encoding.UTF8.GetBytes(page));
            default:
                return Redirect(request, "fc.yahoo.com", "/", new TwinHeader("Set-Cookie", "GUC=agreed; Domain=.yahoo.com; Secure"));
        }
    }
}
