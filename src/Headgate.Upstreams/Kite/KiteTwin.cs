using System.Text;
using System.Text.Json.Nodes;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>Zerodha Kite Connect v3 as documented (kite.trade/docs/connect/v3, read 2026-11-20), with its limits held strictly.</summary>
public sealed class KiteTwin : Twin
{
    /// <summary>What the demo account's clients send in <c>Authorization</c>.</summary>
    public const string DemoCredential = "token demo:demo-access";

    private const string Anonymous = "(none)";

    private readonly KiteOptions _options;
    private readonly KiteState _state;
    private KiteBook _book;
    private KiteDump _dump;
    private long _sequence;

    /// <param name="options">Tape, accounts, limiter.</param>
    /// <param name="faults">Faults to apply; null applies none until some are asked for (chances then follow seed 0).</param>
    /// <param name="counters">Where arrivals are recorded; null makes a new record.</param>
    public KiteTwin(KiteOptions options, FaultPlan? faults = null, TwinCounters? counters = null)
        : base("kite", options.Unlimited ? [] : KiteLimits.Rules(options.Limiter, options.TotalLimit), faults ?? new FaultPlan(new Random(0)), counters ?? new TwinCounters())
    {
        _options = options;
        _state = new KiteState(options.Accounts);
        _book = new KiteBook(options.Tape, KiteTime.Day(options.Tape.Start));
        _dump = new KiteDump(options.Tape, _book, options.InstrumentRows);
    }

    private IMarketTape Tape => _options.Tape;

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target)
    {
        var endpoint = Endpoint(request.Method, target.Segments);
        return new TwinRoute(endpoint, ClassOf(endpoint), Credential(request)?.ApiKey ?? Anonymous);
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => KiteReply.Limited();

    protected override TwinReply ServerError(int status) => KiteReply.Error(status, "GeneralException", "Something went wrong. Please try again.");

    protected override void Forget()
    {
        _state.Reset();
        _sequence = 0;
    }

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (request.RawTarget.Length > KiteLimits.TargetBytesMax)
        {
            return KiteReply.Error(414, "GeneralException", "Request-URI Too Large");
        }

        Roll(now);
        if (route.Endpoint is "session" or "session-end" or "session-renew")
        {
            return AnswerSession(request, target, route.Endpoint, now);
        }

        if (Credential(request) is not { } credential || _state.Find(credential.ApiKey, credential.AccessToken) is not { } account)
        {
            return KiteReply.BadToken();
        }

        if (_options.RequireVersionHeader && request.Header("X-Kite-Version") is not "3")
        {
            return KiteReply.Input("Invalid `X-Kite-Version` header");
        }

        return AnswerMarket(request, target, route.Endpoint, now)
            ?? AnswerAccount(request, target, route.Endpoint, account, now)
            ?? KiteReply.NotFound();
    }

    private static string Endpoint(string method, IReadOnlyList<string> path) => (method, path.Count > 0 ? path[0] : "", path.Count) switch
    {
        ("GET" or "HEAD", "quote", 1) => "quote",
        ("GET" or "HEAD", "quote", 2) when path[1] is "ohlc" or "ltp" => "quote-" + path[1],
        ("GET" or "HEAD", "instruments", 1 or 2) => "instruments",
        ("GET" or "HEAD", "instruments", 4) when path[1] is "historical" => "historical",
        ("GET" or "HEAD", "instruments", 3) when path[1] is "trigger_range" => "trigger-range",
        ("GET" or "HEAD", "user", 2) when path[1] is "profile" => "profile",
        ("GET" or "HEAD", "user", 2 or 3) when path[1] is "margins" => "margins",
        ("GET" or "HEAD", "portfolio", 2) when path[1] is "holdings" or "positions" => path[1],
        ("GET" or "HEAD", "portfolio", 3) when path[1] is "holdings" && path[2] is "auctions" => "auctions",
        ("PUT", "portfolio", 2) when path[1] is "positions" => "convert-position",
        ("GET" or "HEAD", "orders", 1) => "orders",
        ("GET" or "HEAD", "orders", 2) => "order-history",
        ("GET" or "HEAD", "orders", 3) when path[2] is "trades" => "order-trades",
        ("GET" or "HEAD", "trades", 1) => "trades",
        ("POST", "orders", 2) => "order-place",
        ("PUT", "orders", 3) => "order-modify",
        ("DELETE", "orders", 3) => "order-cancel",
        ("POST", "session", 2) when path[1] is "token" => "session",
        ("POST", "session", 2) when path[1] is "refresh_token" => "session-renew",
        ("DELETE", "session", 2) when path[1] is "token" => "session-end",
        ("POST", "margins", 2) when path[1] is "orders" or "basket" => "margin-calculator",
        ("POST", "charges", 2) when path[1] is "orders" => "margin-calculator",
        (_, "gtt", 2 or 3) when path[1] is "triggers" => "gtt",
        (_, "mf", 2 or 3) when path[1] is "orders" or "sips" or "holdings" or "instruments" => "mf-" + path[1],
        _ => "unknown",
    };

    private static string ClassOf(string endpoint) => endpoint switch
    {
        "quote" or "quote-ohlc" or "quote-ltp" => KiteLimits.Quote,
        "historical" => KiteLimits.Historical,
        "order-place" or "order-modify" or "order-cancel" => KiteLimits.Order,
        _ => KiteLimits.Other,
    };

    private static (string ApiKey, string AccessToken)? Credential(TwinRequest request)
    {
        const string Scheme = "token ";
        if (request.Header("Authorization") is not { } text || !text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[Scheme.Length..colon], text[(colon + 1)..]);
    }

    private TwinReply? AnswerMarket(TwinRequest request, TwinTarget target, string endpoint, DateTimeOffset now) => endpoint switch
    {
        "quote" or "quote-ohlc" or "quote-ltp" => KiteQuotes.Answer(Tape, _book, target, endpoint, now),
        "historical" => KiteHistory.Answer(Tape, _book, target, now),
        "instruments" => _dump.Answer(target.Segments.Count == 2 ? target.Segments[1] : null, request.Header("Accept-Encoding")),
        "trigger-range" => KiteQuotes.TriggerRange(Tape, _book, target, target.Segments[2], now),
        "margin-calculator" => KiteMargins.Answer(Tape, _book, target, request.Body, now),
        "mf-instruments" => KiteFunds.Instruments(now),
        _ => null,
    };

    private TwinReply? AnswerAccount(TwinRequest request, TwinTarget target, string endpoint, KiteAccount account, DateTimeOffset now)
    {
        var ledger = _state.LedgerOf(account);
        var path = target.Segments;
        return endpoint switch
        {
            "profile" => KiteReply.Success(KitePortfolio.Profile(account)),
            "margins" when path.Count == 2 => KiteReply.Success(KitePortfolio.Margins(ledger)),
            "margins" when path[2] is "equity" or "commodity" => KiteReply.Success(KitePortfolio.Segment(ledger, path[2] is "equity" ? 1 : 2)),
            "margins" => KiteReply.Input("Invalid `segment`"),
            "holdings" => KiteReply.Success(KitePortfolio.Holdings(Tape, _book, ledger, now)),
            "auctions" => KiteReply.Success(new JsonArray()),
            "positions" => KiteReply.Success(KitePortfolio.Positions(Tape, _book, ledger, now)),
            "convert-position" => KiteReply.Success(true),
            "orders" => KiteOrders.All(ledger),
            "order-history" => KiteOrders.History(ledger, path[1]),
            "order-trades" => KiteOrders.Trades(ledger, path[1]),
            "trades" => KiteOrders.Trades(ledger),
            "order-place" => KiteOrders.Place(Tape, _book, ledger, path[1], Form(request), ++_sequence, now),
            "order-modify" => KiteOrders.Modify(ledger, path[2], Form(request), now),
            "order-cancel" => KiteOrders.Cancel(ledger, path[2], now),
            "gtt" => AnswerTriggers(request, path, ledger, now),
            "mf-holdings" => KiteFunds.Holdings(ledger),
            "mf-orders" or "mf-sips" => AnswerFunds(request, path, ledger, now),
            _ => null,
        };
    }

    private TwinReply? AnswerTriggers(TwinRequest request, IReadOnlyList<string> path, KiteLedger ledger, DateTimeOffset now) => (request.Method, path.Count) switch
    {
        ("GET" or "HEAD", 2) => KiteTriggers.All(ledger),
        ("GET" or "HEAD", 3) => KiteTriggers.One(ledger, path[2]),
        ("POST", 2) => KiteTriggers.Place(ledger, Form(request), ++_sequence, now),
        ("PUT", 3) => KiteTriggers.Modify(ledger, path[2], Form(request), now),
        ("DELETE", 3) => KiteTriggers.Delete(ledger, path[2]),
        _ => null,
    };

    private TwinReply? AnswerFunds(TwinRequest request, IReadOnlyList<string> path, KiteLedger ledger, DateTimeOffset now)
    {
        var plans = path[1] is "sips";
        var (kept, id) = plans ? (ledger.FundPlans, "sip_id") : (ledger.FundOrders, "order_id");
        return (request.Method, path.Count) switch
        {
            ("GET" or "HEAD", 2) => KiteFunds.All(kept),
            ("GET" or "HEAD", 3) => KiteFunds.One(kept, id, path[2]),
            ("POST", 2) when plans => KiteFunds.PlacePlan(ledger, Form(request), ++_sequence, now),
            ("POST", 2) => KiteFunds.PlaceOrder(ledger, Form(request), ++_sequence, now),
            ("PUT", 3) when plans => KiteFunds.ModifyPlan(ledger, path[2], Form(request)),
            ("DELETE", 3) => KiteFunds.Remove(kept, id, path[2]),
            _ => null,
        };
    }

    private TwinReply AnswerSession(TwinRequest request, TwinTarget target, string endpoint, DateTimeOffset now)
    {
        if (endpoint is "session-end")
        {
            // Clients of different languages send the pair in the query or in the body.
            var form = Form(request);
            var ended = _state.Logout(
                target.First("api_key") ?? form.GetValueOrDefault("api_key"), target.First("access_token") ?? form.GetValueOrDefault("access_token"));
            return ended ? KiteReply.Success(true) : KiteReply.BadToken();
        }

        var login = Form(request);
        var token = endpoint is "session" ? "request_token" : "refresh_token";
        return _state.Login(login.GetValueOrDefault("api_key"), login.GetValueOrDefault(token), login.GetValueOrDefault("checksum")) is { } session
            ? KiteReply.Success(KitePortfolio.Session(session.Account, session.AccessToken, now))
            : KiteReply.Error(403, "TokenException", "Token is invalid or has expired.");
    }

    private static Dictionary<string, string> Form(TwinRequest request)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in TwinTarget.ParseForm(Encoding.UTF8.GetString(request.Body.Span)))
        {
            form[name] = value;
        }

        return form;
    }

    private void Roll(DateTimeOffset now)
    {
        var day = KiteTime.Day(now);
        if (_book.Day != day)
        {
            _book = new KiteBook(Tape, day);
            _dump = new KiteDump(Tape, _book, _options.InstrumentRows);
        }
    }
}
