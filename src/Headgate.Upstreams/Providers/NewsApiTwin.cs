using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>NewsAPI with a developer's key: 100 in any 24 hours and 50 in any 12 (text of its own limit answer).</summary>
public sealed class NewsApiTwin : ProviderTwin
{
    private static readonly LimitRule[] Rules =
    [
        new("day", "all", 100, TimeSpan.FromHours(24)),
        new("half-day", "all", 50, TimeSpan.FromHours(12)),
    ];

    /// <param name="keys">Keys it takes; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    /// <param name="isUnlimited">Holds nobody to any limit.</param>
    public NewsApiTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null, bool isUnlimited = false)
        : base("newsapi", isUnlimited ? [] : Rules, keys, faults)
    {
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) =>
        new(target.Path, "all", request.Header("X-Api-Key") ?? request.Header("Authorization") ?? target.First("apiKey") ?? "");

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now) => target.Path switch
    {
        _ when route.Key.Length == 0 => Error(401, "apiKeyMissing", "Your API key is missing."),
        _ when !Knows(route.Key) => Error(401, "apiKeyInvalid", "Your API key is invalid or incorrect."),
        "/v2/everything" when target.First("q") is null => Error(400, "parametersMissing", "Required parameters are missing."),
        "/v2/everything" when target.First("page") is "9" => Error(426, "maximumResultsReached", "You have requested too many results."),
        "/v2/everything" or "/v2/top-headlines" => Json($$"""{"status":"ok","totalResults":1,"articles":[{"title":{{Quoted(target.First("q") ?? "")}},"publishedAt":"{{now:yyyy-MM-ddTHH:mm:ssZ}}"}]}"""),
        "/v2/sources" or "/v2/top-headlines/sources" => Json("""{"status":"ok","sources":[]}"""),
        _ => Error(404, "notFound", "There is no such endpoint."),
    };

    protected override TwinReply TooManyRequests(TwinRoute route) =>
        Error(429, "rateLimited", "You have made too many requests recently. Developer accounts are limited to 100 requests over a 24 hour period (50 requests available every 12 hours).");

    protected override TwinReply ServerError(int status) => Error(status, "unexpectedError", "Unexpected server error.");

    private static TwinReply Error(int status, string code, string message) => Json($$"""{"status":"error","code":"{{code}}","message":{{Quoted(message)}}}""", status);
}
