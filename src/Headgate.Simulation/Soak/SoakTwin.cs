using System.Globalization;
using System.Text;
using Headgate.Upstreams;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Simulation;

/// <summary>The soak's upstream: a small strict API whose every answer carries the number of the arrival that made it, so that data can be traced.</summary>
/// <remarks>Items named <c>BAD…</c> fail a whole <c>/strict</c> call; items named <c>NONE…</c> do not exist; items named <c>HALF…</c> lack a required member.</remarks>
internal sealed class SoakTwin : Twin
{
    public const string Invalid = "revoked";

    /// <summary>Tells what is left of the day.</summary>
    public const string RemainingHeader = "X-Remaining";

    private readonly SoakPlan _plan;
    private readonly Dictionary<(string Key, long Day), int> _spent = [];
    private readonly TimeSpan _skew;
    private long _sequence;

    public SoakTwin(SoakPlan plan, FaultPlan faults)
        : base(SoakCatalogue.Provider, Rules(plan), faults, new TwinCounters(16))
    {
        _plan = plan;
        _skew = plan.Skew;
    }

    /// <summary>Everything said so far, for the oracle.</summary>
    public Action<SaidItem>? Said { get; set; }

    /// <summary>Orders placed, by their nonce; the number of times each arrived.</summary>
    public SortedDictionary<string, int> Orders { get; } = new(StringComparer.Ordinal);

    public static IReadOnlyList<LimitRule> Rules(SoakPlan plan)
    {
        List<LimitRule> rules =
        [
            new("quote", "quote", plan.Permits, plan.Window, plan.Counting),
            new("general", "general", 6, TimeSpan.FromSeconds(1), plan.Counting),
            new("strict", "strict", 2, TimeSpan.FromSeconds(1), plan.Counting),
        ];
        if (plan.Daily > 0)
        {
            rules.Add(new LimitRule("daily", "quote", plan.Daily, TimeSpan.FromDays(1), LimiterKind.FixedWindow) { Offset = SoakCatalogue.ResetAt });
        }

        return rules;
    }

    /// <summary>Answers at true time; the upstream's own clock is off by the plan's skew.</summary>
    public TwinReply HandleAt(TwinRequest request, DateTimeOffset trueTime) => Handle(request, trueTime + _skew);

    public static string KeyOf(TwinRequest request) => Authorization(request)[0];

    public static string ClassOf(string rawTarget) => rawTarget.AsSpan(1) switch
    {
        var path when path.StartsWith("quote") => "quote",
        var path when path.StartsWith("strict") => "strict",
        _ => "general",
    };

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) =>
        new(target.Segments.Count == 0 ? "" : target.Segments[0], ClassOf(request.RawTarget), KeyOf(request));

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        var sequence = ++_sequence;
        if (route.LimitClass is "quote" && _plan.Daily > 0)
        {
            var day = (route.Key, (now - SoakCatalogue.ResetAt).UtcTicks / TimeSpan.TicksPerDay);
            _spent[day] = _spent.GetValueOrDefault(day) + 1;
            var reply = Decide(request, target, route, sequence, now);
            return reply with { Headers = [.. reply.Headers, new(RemainingHeader, Math.Max(0, _plan.Daily - _spent[day]).ToString(CultureInfo.InvariantCulture))] };
        }

        return Decide(request, target, route, sequence, now);
    }

    private TwinReply Decide(TwinRequest request, TwinTarget target, TwinRoute route, long sequence, DateTimeOffset now)
    {
        if (string.Equals(Authorization(request)[^1], Invalid, StringComparison.Ordinal))
        {
            return Json(403, """{"status":"error","error_type":"TokenException"}""");
        }

        return target.Path switch
        {
            "/quote" => Json(200, Items(target, "/quote", sequence, now, (item, at) => Full(item, sequence, at))),
            "/quote/ltp" => Json(200, Items(target, "/quote/ltp", sequence, now, (item, _) => Ltp(item, sequence))),
            "/strict" when target.All("i").Any(IsBad) => Json(400, """{"status":"error","error_type":"InputException"}"""),
            "/strict" => Json(200, Items(target, "/strict", sequence, now, (item, at) => Full(item, sequence, at))),
            "/portfolio" => Whole(request, route.Key, $$"""{"account":"{{route.Key}}","seq":{{sequence}}}""", sequence),
            "/orders" => Order(request, route, sequence),
            var path when path.StartsWith("/bars/NONE", StringComparison.Ordinal) => Json(404, """{"status":"error"}"""),
            _ => Whole(request, "", $$"""{"path":"{{target.Path}}","seq":{{sequence}},"rows":[[1,63.80],[2,9007199254740993]]}""", sequence),
        };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => Json(429, """{"status":"error","error_type":"NetworkException"}""");

    protected override TwinReply ServerError(int status) => Json(status, """{"status":"error","error_type":"GeneralException"}""");

    private TwinReply Whole(TwinRequest request, string account, string body, long sequence)
    {
        Said?.Invoke(new SaidItem(request.RawTarget, account, "", body, "", sequence, default));
        return Json(200, body);
    }

    private TwinReply Order(TwinRequest request, TwinRoute route, long sequence)
    {
        if (string.Equals(request.Method, "POST", StringComparison.Ordinal))
        {
            var nonce = Encoding.UTF8.GetString(request.Body.Span);
            Orders[nonce] = Orders.GetValueOrDefault(nonce) + 1;
        }

        return Whole(request, route.Key, $$"""{"account":"{{route.Key}}","seq":{{sequence}},"orders":{{Orders.Count}}}""", sequence);
    }

    private string Items(TwinTarget target, string shape, long sequence, DateTimeOffset now, Func<string, long, string> write)
    {
        var at = now.ToUnixTimeMilliseconds();
        var body = new StringBuilder("""{"status":"success","data":{""");
        var first = true;
        foreach (var item in target.All("i").Distinct(StringComparer.Ordinal))
        {
            if (item.StartsWith("NONE", StringComparison.Ordinal))
            {
                continue;
            }

            var text = write(item, at);
            var tellsTime = !string.Equals(shape, "/quote/ltp", StringComparison.Ordinal);
            Said?.Invoke(new SaidItem(shape, "", item, text, string.Equals(shape, "/quote", StringComparison.Ordinal) ? Ltp(item, sequence) : "", sequence, tellsTime ? at : 0));
            body.Append(first ? "" : ",").Append(text);
            first = false;
        }

        return body.Append("}}").ToString();
    }

    private static string Full(string item, long sequence, long at)
    {
        var value = item.StartsWith("HALF", StringComparison.Ordinal) ? "" : ",\"v\":9007199254740993";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            "{{item}}":{"seq":{{sequence}},"at":{{at}}{{value}},"ltp":{{sequence % 100}}.80}
            """);
    }

    private static string Ltp(string item, long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $$"""
            "{{item}}":{"seq":{{sequence}},"ltp":{{sequence % 100}}.80}
            """);

    private static bool IsBad(string item) => item.StartsWith("BAD", StringComparison.Ordinal);

    private static TwinReply Json(int status, string body) => new(status, [new("Content-Type", "application/json")], Encoding.UTF8.GetBytes(body));

    private static string[] Authorization(TwinRequest request) => (request.Header("Authorization") ?? "token none:none")["token ".Length..].Split(':');
}

/// <summary>One item as the upstream said it.</summary>
/// <param name="Shape">The endpoint's path; for whole answers the raw target.</param>
/// <param name="Account">Whose answer it is, where answers belong to an account; else empty.</param>
/// <param name="Item">The item, empty for whole answers.</param>
/// <param name="Text">Exactly these bytes.</param>
/// <param name="Smaller">What the smaller shape of the same arrival would have been.</param>
/// <param name="Sequence">The arrival that made it.</param>
/// <param name="AtMs">The data's own time, or 0.</param>
internal readonly record struct SaidItem(string Shape, string Account, string Item, string Text, string Smaller, long Sequence, long AtMs);
