namespace Headgate.Simulation;

/// <summary>What a day cost through Headgate.</summary>
/// <param name="Calls">Calls that arrived, orders, their look-ups and sign-ins included; messages apart.</param>
/// <param name="QuoteCalls">Of these, calls of quote endpoints.</param>
/// <param name="HistoryCalls">Of these, calls for candles.</param>
/// <param name="Violations">Calls that broke a limit, messages included: must be 0.</param>
/// <param name="Messages">Alerts and other messages that arrived.</param>
/// <param name="Asks">Reads asked of the gate.</param>
/// <param name="HitRate">Share of items answered from fresh entries, 0 to 1.</param>
/// <param name="JoinedRate">Share of items that joined a call another ask had caused, 0 to 1.</param>
/// <param name="StaleServed">Asks answered stale, saying so; never counted as hits.</param>
/// <param name="Refused">Asks the gate refused.</param>
/// <param name="Failed">Asks that got the upstream's own error.</param>
/// <param name="Age">Age of fresh answers but candles, by the oldest item.</param>
/// <param name="StaleAge">Age of stale answers.</param>
/// <param name="Wait">Time from ask to answer.</param>
/// <param name="Bars">Candles asked and fetched.</param>
/// <param name="BarsByService">The same by the system that asked.</param>
/// <param name="CallsByEndpoint">Calls by provider and the upstream's own names.</param>
/// <param name="CallsByHour">The same calls by local hour.</param>
/// <param name="CallsByService">Of these, by the system they were made for; a sign-in is made for none, and a bot that shares every read has its orders and look-ups alone.</param>
public sealed record FleetGateSide(
    long Calls,
    long QuoteCalls,
    long HistoryCalls,
    long Violations,
    long Messages,
    long Asks,
    decimal HitRate,
    decimal JoinedRate,
    long StaleServed,
    long Refused,
    long Failed,
    Percentiles Age,
    Percentiles StaleAge,
    Percentiles Wait,
    BarShare Bars,
    IReadOnlyDictionary<string, BarShare> BarsByService,
    IReadOnlyDictionary<string, long> CallsByEndpoint,
    IReadOnlyDictionary<int, long> CallsByHour,
    IReadOnlyDictionary<string, long> CallsByService)
{
    /// <summary><see cref="Calls"/> by kind.</summary>
    public CallKinds Kinds { get; init; } = new(Calls, 0, 0);

    // What the emulated upstreams call their endpoints of quotes and of candles.
    private static readonly string[] Quotes = ["quote", "quotes", "ticker", "products", "best-bid-ask"];
    private static readonly string[] Candles = ["historical", "candles", "chart"];

    internal static FleetGateSide Of(FleetSide side, FleetWatch watch, IReadOnlyList<EngineStats> lives)
    {
        var items = lives.Sum(life => life.Items);
        return new FleetGateSide(
            side.Calls,
            CallsOf(side, Quotes),
            CallsOf(side, Candles),
            side.Violations,
            side.Messages,
            watch.Asks,
            Share(lives.Sum(life => life.FreshHits), items),
            Share(lives.Sum(life => life.Joined), items),
            watch.Stale,
            watch.Refused,
            watch.Failed,
            watch.Ages,
            watch.StaleAges,
            watch.Waits,
            watch.Bars.Total,
            watch.Bars.ByClient(),
            side.CallsByEndpoint,
            side.CallsByHour,
            side.CallsByService)
        {
            Kinds = watch.Made(side.Calls),
        };
    }

    private static long CallsOf(FleetSide side, string[] kinds) =>
        side.CallsByEndpoint.Where(endpoint => Array.Exists(kinds, kind => IsOf(endpoint.Key[(endpoint.Key.IndexOf('.', StringComparison.Ordinal) + 1)..], kind))).Sum(endpoint => endpoint.Value);

    private static bool IsOf(string endpoint, string kind) => string.Equals(endpoint, kind, StringComparison.Ordinal) || endpoint.StartsWith(kind + "-", StringComparison.Ordinal);

    private static decimal Share(long part, long whole) => whole == 0 ? 0 : decimal.Round(part / (decimal)whole, 4);
}
