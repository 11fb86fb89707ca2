using Headgate.Upstreams.Cryptometer;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>Cryptometer held to 1 a second and 60 a minute; success and error are texts, failures come with status 200. What it tells follows from seed and moment.</summary>
public sealed class CryptometerTwin : ProviderTwin
{
    // Answers of whole exchanges are large; within a minute they stay the same.
    private const int KeptMax = 64;

    private static readonly LimitRule[] Rules =
    [
        new("second", "all", 1, TimeSpan.FromSeconds(1)),
        new("minute", "all", 60, TimeSpan.FromMinutes(1)),
    ];

    private readonly CryptometerAnswers _answers;
    private readonly Dictionary<string, (long Minute, ReadOnlyMemory<byte> Body)> _kept = new(StringComparer.Ordinal);

    /// <param name="keys">Keys it takes; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    public CryptometerTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null)
        : this(keys is null ? new CryptometerOptions() : new CryptometerOptions { Keys = keys }, faults)
    {
    }

    /// <param name="options">What it knows.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    public CryptometerTwin(CryptometerOptions options, FaultPlan? faults = null)
        : base("cryptometer", options.Unlimited ? [] : Rules, options.Keys, faults) => _answers = new CryptometerAnswers(new CryptometerMarket(options.Seed, options.Pairs));

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) =>
        new(target.Segments.Count > 0 ? target.Segments[0] : "none", "all", target.First("api_key") ?? "");

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (!Knows(route.Key))
        {
            return Failed("Invalid API key");
        }

        var ask = CryptometerAsk.Of(route.Endpoint, target);
        return ask switch
        {
            _ when route.Endpoint == "plan" => Failed("Your plan does not include this endpoint, please upgrade"),
            { Problem: { } problem } => Failed(problem),
            { Coin.Length: > 0 } when !IsKnown(ask.Coin) => Failed("No Data"),
            _ => BodyOf(ask, now) is { } body ? new TwinReply(200, [new("Content-Type", "application/json; charset=utf-8")], body) : Failed("Unknown endpoint"),
        };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => Failed("Rate limit exceeded");

    protected override TwinReply ServerError(int status) => Json("""{"success":"false","error":"Server error"}""", status);

    private ReadOnlyMemory<byte>? BodyOf(CryptometerAsk ask, DateTimeOffset now)
    {
        // Rapid movements happen at seconds of their own.
        if (ask.Coin.Length > 0 || ask.Endpoint is "rapid-movements" or "trend-indicator-v3")
        {
            return _answers.Of(ask.Endpoint, ask.Coin, ask.Timeframe, now);
        }

        var minute = CryptometerMarket.MinuteOf(now);
        if (_kept.TryGetValue(ask.Endpoint, out var kept) && kept.Minute == minute)
        {
            return kept.Body;
        }

        if (_kept.Count >= KeptMax)
        {
            _kept.Clear();
        }

        if (_answers.Of(ask.Endpoint, ask.Coin, ask.Timeframe, now) is not { } body)
        {
            return null;
        }

        _kept[ask.Endpoint] = (minute, body);
        return body;
    }

    private static TwinReply Failed(string error) => Json($$"""{"success":"false","error":{{Quoted(error)}}}""");
}
