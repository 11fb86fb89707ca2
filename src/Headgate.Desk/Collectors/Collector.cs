using Headgate.Desk.Collectors.Canada;
using Headgate.Desk.Collectors.Factors;
using Headgate.Desk.Collectors.Health;
using Headgate.Desk.Collectors.Planning;
using Headgate.Desk.Collectors.Questrade;
using Headgate.Desk.Collectors.Readings;
using Headgate.Desk.Doors;
using Headgate.Desk.Waiting;
using Headgate.Markets;

namespace Headgate.Desk.Collectors;

/// <summary>One cycle: everything is asked for at once, and what was read recently enough is answered by the gate without a call.</summary>
internal sealed class Collector
{
    /// <summary>Who asks, for fairness and reports.</summary>
    public const string Client = "collector";
    public const string QuestradeClient = "questrade";
    public const string FactorClient = "factors";

    private readonly TimeProvider _time;
    private readonly CanadaReads _canada;
    private readonly FactorReads _factors;
    private readonly PartReader _reader;
    private readonly QuestradeReader _questrade;
    private readonly PhaseDurations _phases;

    public Collector(IDeskDoor door, IReadPlanner planner, CollectorOptions options, PhaseDurations phases, MarketCalendars calendars)
    {
        _time = door.Time;
        _phases = phases;
        Schedule = new CollectorSchedule(planner, options.Cycle, calendars);
        _reader = new PartReader(door, Schedule);
        _canada = new CanadaReads(options, Client);
        _questrade = new QuestradeReader(_reader, options, QuestradeClient, door.Time);
        _factors = new FactorReads(options, FactorClient);
        Wishes = [.. _canada.Wishes, .. _questrade.Wishes, .. _factors.Wishes];
    }

    public CollectorSchedule Schedule { get; }

    /// <summary>Everything that is read.</summary>
    public IReadOnlyList<ReadWish> Wishes { get; }

    /// <param name="cycle">When the cycle began.</param>
    /// <param name="cancellation">Gives it up.</param>
    public async Task<Collection> CollectAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        Schedule.Update(Wishes, cycle);
        var began = _time.GetTimestamp();
        var factors = FactorsAsync(began, cancellation);
        var bars = PartAsync(PartNames.MarketData, _canada.MarketData, cancellation);
        var news = PartAsync(PartNames.News, _canada.News, cancellation);
        var rates = PartAsync(PartNames.EconomicData, _canada.EconomicData, cancellation);
        var commodities = PartAsync(PartNames.Commodities, _canada.Commodities, cancellation);
        var quotes = _questrade.QuotesAsync(cancellation);
        var accounts = _questrade.AccountsAsync(cancellation);
        var ingest = IngestAsync([bars, news, rates, commodities, quotes, accounts], began);
        await Together.AllAsync([ingest, factors]);
        return new Collection(cycle, await bars, await news, await rates, await commodities, Weather(), await quotes, await accounts, await factors);
    }

    private async Task IngestAsync(IReadOnlyList<Task> parts, long began)
    {
        await Together.AllAsync(parts);
        _phases.Add(PhaseDurations.Ingest, _time.GetElapsedTime(began));
    }

    private async Task<CollectedPart<Factor>> FactorsAsync(long began, CancellationToken cancellation)
    {
        var part = await PartAsync(PartNames.Factors, _factors.All, cancellation);
        _phases.Add(PhaseDurations.Factors, _time.GetElapsedTime(began));
        return part;
    }

    private async Task<CollectedPart<T>> PartAsync<T>(string name, IReadOnlyList<Read<T>> reads, CancellationToken cancellation)
        where T : class => new(name, await Together.AllAsync([.. reads.Select(read => _reader.ReadAsync(read, cancellation))]));

    private static CollectedPart<Nothing> Weather() => new(PartNames.Weather, [Reading<Nothing>.None(PartNames.Weather, "", "no provider of the catalogue tells the weather")]);
}
