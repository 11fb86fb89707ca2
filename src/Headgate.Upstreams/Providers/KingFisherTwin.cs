using System.Security.Cryptography;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>An image analyser: 10 analyses a minute for all symbols together; the same picture analysed twice is counted as a violation. A picture whose bytes end in FF is none.</summary>
public sealed class KingFisherTwin : ProviderTwin
{
    /// <summary>How an analysis made twice is counted.</summary>
    public const string RepeatRule = "the same picture analysed twice";

    private static readonly LimitRule[] Rules =
    [
        new("image_analysis", "image_analysis", 10, TimeSpan.FromMinutes(1)),
        new("records", "records", 10, TimeSpan.FromSeconds(1)),
    ];

    private readonly HashSet<string> _analysed = new(StringComparer.Ordinal);

    /// <param name="keys">Tokens it takes; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    /// <param name="isUnlimited">Without any limit, for ideal runs.</param>
    public KingFisherTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null, bool isUnlimited = false)
        : base("kingfisher", isUnlimited ? [] : Rules, keys, faults)
    {
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) => new(target.Path, target.Path is "/analyze" ? "image_analysis" : "records", "all");

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        var (type, symbol) = (target.First("type") ?? "liquidation_map", target.First("symbol") ?? "BTC");
        if (!Knows(After(request.Header("Authorization"), "Bearer ")))
        {
            return Json("""{"error":"unknown token"}""", 401);
        }

        return target.Path switch
        {
            "/analyze" when request.Method is "POST" => Analyze(request, type, symbol, now),
            "/latest" when IsKnown(symbol) => Json(Record(type, symbol, now)),
            "/latest" => Json("""{"error":"no record"}""", 404),
            _ => Json("""{"error":"no such route"}""", 404),
        };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => Json("""{"error":"too many analyses"}""", 429);

    protected override TwinReply ServerError(int status) => Json("""{"error":"analysis failed"}""", status);

    protected override void Forget() => _analysed.Clear();

    private static string Record(string type, string symbol, DateTimeOffset now) =>
        $"{{\"type\":{Quoted(type)},\"symbol\":{Quoted(symbol)},\"longLiquidations\":62.5,\"shortLiquidations\":37.5,\"trend\":\"up\",\"sentiment\":\"bullish\",\"price\":{Price(symbol, now)},\"analysedAt\":\"{now:O}\"}}";

    private TwinReply Analyze(TwinRequest request, string type, string symbol, DateTimeOffset now)
    {
        if (request.Body.IsEmpty || request.Body.Span[^1] == 0xFF)
        {
            return Json("""{"error":"this is no picture"}""", 422);
        }

        if (!_analysed.Add($"{request.RawTarget} {Convert.ToHexString(SHA256.HashData(request.Body.Span))}"))
        {
            Offend(RepeatRule);
        }

        return Json(Record(type, symbol, now));
    }
}
