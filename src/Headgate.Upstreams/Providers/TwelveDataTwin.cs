using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>Twelve Data with a free key: 8 credits a minute and 800 a UTC day, a credit per symbol; one symbol bare, several as a map.</summary>
public sealed class TwelveDataTwin : ProviderTwin
{
    private const int PerMinute = 8;

    private static readonly LimitRule[] Rules =
    [
        new("minute", "all", PerMinute, TimeSpan.FromMinutes(1)),
        new("day", "all", 800, TimeSpan.FromDays(1), LimiterKind.FixedWindow),
    ];

    /// <param name="keys">Keys it takes; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    public TwelveDataTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null)
        : base("twelvedata", Rules, keys, faults)
    {
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) =>
        new(target.Path, "all", target.First("apikey") ?? After(request.Header("Authorization"), "apikey ") ?? "");

    protected override IReadOnlyList<LimitCharge> Charges(TwinRequest request, TwinTarget target, TwinRoute route) =>
        [new("all", route.Key, Math.Max(1, Symbols(target).Length))];

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (!Knows(route.Key))
        {
            return Json(Error(401, "**apikey** parameter is incorrect or not specified."), 401);
        }

        var symbols = Symbols(target);
        if (target.Path is not ("/price" or "/quote" or "/time_series") || symbols.Length == 0)
        {
            return Json(Error(404, "The requested resource could not be found."), 404);
        }

        TwinHeader left = Header("api-credits-left", PerMinute - Used("minute", route.Key, now));
        if (symbols is [var only])
        {
            return Json(Item(target.Path, only, now), IsKnown(only) ? 200 : 404, left);
        }

        return Json($"{{{string.Join(',', symbols.Select(symbol => $"{Quoted(symbol)}:{Item(target.Path, symbol, now)}"))}}}", 200, left, new TwinHeader("Is_batch", "true"));
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => TooManyRequests(route, new LimitBreach(Rules[0]));

    // Seen with status 429 and with 200.
    protected override TwinReply TooManyRequests(TwinRoute route, LimitBreach breach) =>
        Json(Error(429, $"You have run out of API credits for the {(breach.Rule.Name is "day" ? "day" : "current minute")}."));

    protected override TwinReply ServerError(int status) => Json(Error(status, "Internal error."), status);

    private static string[] Symbols(TwinTarget target) => target.First("symbol") is { Length: > 0 } list ? list.Split(',') : [];

    private static string Item(string path, string symbol, DateTimeOffset now) => path switch
    {
        _ when !IsKnown(symbol) => Error(404, $"**symbol** not found: {symbol}. Please specify it correctly."),
        "/price" => $$"""{"price":"{{Price(symbol, now)}}"}""",
        "/quote" => $$"""{"symbol":{{Quoted(symbol)}},"timestamp":{{now.ToUnixTimeSeconds()}},"close":"{{Price(symbol, now)}}"}""",
        _ => $$$"""{"meta":{"symbol":{{{Quoted(symbol)}}}},"values":[{"close":"{{{Price(symbol, now)}}}"}],"status":"ok"}""",
    };

    private static string Error(int code, string message) => $$"""{"code":{{code}},"message":{{Quoted(message)}},"status":"error"}""";
}
