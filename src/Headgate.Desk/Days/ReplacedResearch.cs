using Headgate.Desk.Collectors;
using Headgate.Desk.Collectors.Canada;
using Headgate.Desk.Collectors.Factors;
using Headgate.Desk.Collectors.Questrade;
using Headgate.Desk.Collectors.Readings;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Days;

/// <summary>
/// The replaced system, a cycle as often as the present one: bars behind a cache of 5 minutes; news, rates and commodities asked at every cycle; Questrade's numbers searched
/// for every quote; factors kept by the provider's name, so an hour instead of four or six; budgets that count in memory, spread nothing and shut for good after a 429.
/// </summary>
internal sealed class ReplacedResearch(IDeskDoor door, CollectorOptions options, Action<Collection> collected)
{
    private static readonly TimeSpan Default = TimeSpan.FromHours(1);
    private static readonly TimeSpan AlphaVantage = TimeSpan.FromHours(12);
    private static readonly TimeSpan Bars = TimeSpan.FromMinutes(5);

    private readonly ReplacedBudgets _budgets = new();
    private readonly Dictionary<string, (DateTimeOffset At, DeskAnswer Answer)> _held = new(StringComparer.Ordinal);
    private readonly CanadaReads _canada = new(options, Collector.Client);
    private readonly FactorReads _factors = new(options, Collector.FactorClient);

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                collected(await CollectAsync(cancellation));
                var now = door.Time.GetUtcNow();
                await new Alerts.Pause().WaitAsync(TimeSpan.FromTicks(options.Cycle.Ticks - (now.UtcTicks % options.Cycle.Ticks)), door.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Its end was asked for.
        }
    }

    // One after another, as one thread asked.
    private async Task<Collection> CollectAsync(CancellationToken cancellation)
    {
        var cycle = door.Time.GetUtcNow();
        var bars = await PartAsync(PartNames.MarketData, _canada.MarketData, read => KeptAsync("yfinance", read.Ask, Bars, cancellation));
        var news = await PartAsync(PartNames.News, _canada.News, read => FreeAsync(read.Ask, cancellation));
        var rates = await PartAsync(PartNames.EconomicData, _canada.EconomicData, read => FreeAsync(read.Ask, cancellation));
        var commodities = await PartAsync(PartNames.Commodities, _canada.Commodities, read => FreeAsync(read.Ask, cancellation));
        var quotes = await QuotesAsync(cancellation);
        var accounts = await AccountsAsync(cancellation);
        var factors = await PartAsync(PartNames.Factors, _factors.All, read => KeptAsync(read.Ask.Provider, read.Ask, string.Equals(read.Ask.Provider, "alphavantage", StringComparison.Ordinal) ? AlphaVantage : Default, cancellation));
        return new Collection(cycle, bars, news, rates, commodities, new(PartNames.Weather, []), quotes, accounts, factors);
    }

    private async Task<CollectedPart<Quote>> QuotesAsync(CancellationToken cancellation)
    {
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var ticker in options.Tickers)
        {
            if (Value(await AskAsync("questrade", Questrade("/v1/symbols/search?prefix=" + ticker), cancellation), body => QuestradeJson.Symbol(body, ticker)) is { } found)
            {
                ids[ticker] = found.Id;
            }
        }

        var quotes = ids.Count == 0 ? null : Value(await AskAsync("questrade", Questrade("/v1/markets/quotes?ids=" + string.Join(',', ids.Values)), cancellation), QuestradeJson.Quotes);
        return new(PartNames.Quotes, [.. options.Tickers.Select(ticker => Of(ticker, ids.TryGetValue(ticker, out var id) ? quotes?.GetValueOrDefault(id) : null))]);
    }

    private async Task<CollectedPart<AccountPart>> AccountsAsync(CancellationToken cancellation)
    {
        var readings = new List<Reading<AccountPart>>();
        foreach (var (type, number) in Value(await AskAsync("questrade", Questrade("/v1/accounts"), cancellation), QuestradeJson.Accounts) ?? [])
        {
            var name = QuestradeReader.NameOf(type, number);
            readings.Add(Of($"{name} positions", Value(await AskAsync("questrade", Questrade($"/v1/accounts/{number}/positions"), cancellation), QuestradeJson.Positions)));
            readings.Add(Of($"{name} balances", Value(await AskAsync("questrade", Questrade($"/v1/accounts/{number}/balances"), cancellation), QuestradeJson.Balances)));
        }

        return new(PartNames.Accounts, readings);
    }

    private static async Task<CollectedPart<T>> PartAsync<T>(string name, IReadOnlyList<Read<T>> reads, Func<Read<T>, ValueTask<DeskAnswer?>> ask)
        where T : class
    {
        var readings = new List<Reading<T>>();
        foreach (var read in reads)
        {
            readings.Add(Of(read.Item, Value(await ask(read), read.Parse)));
        }

        return new(name, readings);
    }

    // A throttled body with status 200 is kept like any other: nothing looked into it.
    private async ValueTask<DeskAnswer?> KeptAsync(string api, DeskAsk ask, TimeSpan ttl, CancellationToken cancellation)
    {
        if (_held.TryGetValue(ask.Target, out var held) && door.Time.GetUtcNow() - held.At < ttl)
        {
            return held.Answer;
        }

        var answer = await AskAsync(api, ask, cancellation);
        if (answer is { IsData: true })
        {
            _held[ask.Target] = (door.Time.GetUtcNow(), answer);
        }

        return answer;
    }

    private async ValueTask<DeskAnswer?> FreeAsync(DeskAsk ask, CancellationToken cancellation) => await door.AskAsync(ask, cancellation);

    private async ValueTask<DeskAnswer?> AskAsync(string api, DeskAsk ask, CancellationToken cancellation)
    {
        if (!_budgets.Admits(api))
        {
            return null;
        }

        var answer = await door.AskAsync(ask, cancellation);
        _budgets.Record(api, answer.Status, door.Time.GetUtcNow());
        return answer;
    }

    private static DeskAsk Questrade(string target) => new("questrade", target) { Client = Collector.QuestradeClient };

    private static T? Value<T>(DeskAnswer? answer, Func<ReadOnlyMemory<byte>, T?> parse)
        where T : class
    {
        try
        {
            return answer is { IsData: true } ? parse(answer.Body) : null;
        }
        catch (Exception unreadable) when (PartReader.IsUnreadable(unreadable))
        {
            return null;
        }
    }

    private static Reading<T> Of<T>(string item, T? value)
        where T : class => value is null ? Reading<T>.None(item, "", "no answer") : new Reading<T>(item, "", ReadingState.Fresh, value, null, null);
}
