using Headgate.Desk.Collectors;
using Headgate.Desk.Collectors.Planning;
using Headgate.Upstreams;
using Headgate.Upstreams.Providers;

namespace Headgate.Desk.Days;

/// <summary>A day of the Canadian market collector, of Questrade's quotes and positions and of the research system's factors. Direct is the replaced system (docs/desk/collector.md).</summary>
/// <param name="start">The wall clock at its beginning, in Toronto's offset.</param>
/// <param name="length">How long; default a day.</param>
/// <param name="options">What is collected; default everything.</param>
public sealed class ResearchDay(DateTimeOffset start, TimeSpan? length = null, CollectorOptions? options = null) : IFleetDay
{
    private const string Key = "demo";

    private readonly CollectorOptions _options = options ?? new CollectorOptions();

    public string Name => "research";

    public DateTimeOffset Start => start;

    public TimeSpan Length => length ?? TimeSpan.FromDays(1);

    public IReadOnlyList<string> Synthetic { get; } = ["all prices, rates, stories, metrics and articles", "the account and what it holds"];

    public IReadOnlyList<FleetUpstream> NewUpstreams(int seed, FleetVariant variant)
    {
        var isIdeal = variant == FleetVariant.Ideal;
        return
        [
            new FleetUpstream(new YahooTwin(isUnlimited: isIdeal)),
            new FleetUpstream(new BankOfCanadaTwin(isUnlimited: isIdeal)),
            new FleetUpstream(new FeedTwin("globeandmail", isUnlimited: isIdeal)),
            new FleetUpstream(new FeedTwin("financialpost", isUnlimited: isIdeal)),
            With(new QuestradeTwin(isUnlimited: isIdeal), "Authorization", $"Bearer {Key}", "QUESTRADE_REFRESH_TOKEN", "refresh-0"),
            With(new AlphaVantageTwin(isUnlimited: isIdeal), "X-RapidAPI-Key", Key, "ALPHA_VANTAGE_API_KEY", Key),
            With(new FinnhubTwin(isUnlimited: isIdeal), "X-Finnhub-Token", Key, "FINNHUB_API_KEY", Key) with { BasePath = "/api/v1" },
            With(new NewsApiTwin(isUnlimited: isIdeal), "X-Api-Key", Key, "NEWSAPI_KEY", Key),
        ];
    }

    public Task RunAsync(FleetSeat seat, CancellationToken cancellation)
    {
        var report = new ResearchReport(start, _options, seat.Note);
        if (seat.Variant == FleetVariant.Direct)
        {
            return seat.LiveAsync(new ReplacedResearch(seat.Door, _options, report.Note).RunAsync, cancellation);
        }

        IReadPlanner planner = seat.Engine is { } engine ? new EngineReadPlanner(engine) : new StatedReadPlanner();
        return seat.LiveAsync(new CollectorHost(seat.Door, planner, seat.Records, _options, collected: report.Note).RunAsync, cancellation);
    }

    private static FleetUpstream With(ITwin twin, string header, string value, string secret, string held) => new(twin)
    {
        Headers = [new(header, value)],
        Secrets = new Dictionary<string, string>(StringComparer.Ordinal) { [secret] = held },
    };
}
