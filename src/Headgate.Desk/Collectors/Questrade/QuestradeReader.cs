using System.Collections.Concurrent;
using System.Globalization;
using Headgate.Desk.Collectors.Readings;
using Headgate.Desk.Doors;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Collectors.Questrade;

/// <summary>Reads quotes, positions and balances from Questrade. It reads alone: nothing here can place, change or cancel an order.</summary>
/// <remarks>The access token is the gate's own (docs/sign-in.md). All quotes are one ask; numbers of symbols and accounts are asked for once a day.</remarks>
internal sealed class QuestradeReader(PartReader reader, CollectorOptions options, string client, TimeProvider time)
{
    private const string Provider = "questrade";

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    // All are asked for at once: their answers may arrive on several threads.
    private readonly ConcurrentDictionary<string, Known<SymbolId>> _ids = new(StringComparer.Ordinal);
    private Known<IReadOnlyList<(string Type, string Number)>>? _accounts;

    private ReadWish QuotesWish => new(PartNames.Quotes, "quotes", Provider, "/v1/markets/quotes?ids=" + string.Join(',', Enumerable.Range(1, options.Tickers.Count)), options.QuotesEvery, options.Market);

    private ReadWish AccountsWish => new(PartNames.Accounts, "accounts", Provider, "/v1/accounts", Day, null);

    /// <summary>None where nothing of Questrade is wanted.</summary>
    public IEnumerable<ReadWish> Wishes => options.Tickers.Count == 0
        ? []
        : [QuotesWish, AccountsWish, .. options.Tickers.Select(SymbolWish), AccountWish("positions", "0"), AccountWish("balances", "0")];

    /// <summary>Whole account numbers have no place in records and on screens.</summary>
    public static string NameOf(string type, string number) => $"{type} …{number[^Math.Min(3, number.Length)..]}";

    public async Task<CollectedPart<Quote>> QuotesAsync(CancellationToken cancellation)
    {
        var ids = await Together.AllAsync([.. options.Tickers.Select(ticker => IdAsync(ticker, cancellation))]);
        var known = ids.Select(static reading => reading.Value).OfType<SymbolId>().Select(static id => id.Id).Distinct().ToList();
        if (known.Count == 0)
        {
            return new(PartNames.Quotes, [.. ids.Select(static reading => Reading<Quote>.None(reading.Item, Provider, reading.Reason!))]);
        }

        var target = "/v1/markets/quotes?ids=" + string.Join(',', known.Select(static id => id.ToString(CultureInfo.InvariantCulture)));
        var quotes = await reader.ReadAsync(new Read<IReadOnlyDictionary<long, Quote>>(QuotesWish, "quotes", Ask(target), QuestradeJson.Quotes), cancellation);
        return new(PartNames.Quotes, [.. ids.Select(id => id.Value is { } number ? quotes.With(id.Item, quotes.Value?.GetValueOrDefault(number.Id), "the answer lacks it") : Reading<Quote>.None(id.Item, Provider, id.Reason!))]);
    }

    public async Task<CollectedPart<AccountPart>> AccountsAsync(CancellationToken cancellation)
    {
        if (options.Tickers.Count == 0)
        {
            return new(PartNames.Accounts, []);
        }

        var list = await HeldAsync(_accounts, new(AccountsWish, "accounts", Ask("/v1/accounts"), QuestradeJson.Accounts), held => _accounts = held, cancellation);
        return list.Value is { } accounts
            ? new(PartNames.Accounts, await Together.AllAsync([.. accounts.SelectMany(account => Parts(account, cancellation))]))
            : new(PartNames.Accounts, [Reading<AccountPart>.None("accounts", Provider, list.Reason!)]);
    }

    private IEnumerable<Task<Reading<AccountPart>>> Parts((string Type, string Number) account, CancellationToken cancellation)
    {
        var name = NameOf(account.Type, account.Number);
        return new (string What, Func<ReadOnlyMemory<byte>, AccountPart?> Parse)[] { ("positions", QuestradeJson.Positions), ("balances", QuestradeJson.Balances) }
            .Select(part => reader.ReadAsync(
                new Read<AccountPart>(AccountWish(part.What, account.Number), $"{name} {part.What}", Ask($"/v1/accounts/{Uri.EscapeDataString(account.Number)}/{part.What}"), part.Parse), cancellation));
    }

    private Task<Reading<SymbolId>> IdAsync(string ticker, CancellationToken cancellation)
    {
        var wish = SymbolWish(ticker);
        return HeldAsync(_ids.GetValueOrDefault(ticker), new(wish, ticker, Ask(wish.Target), body => QuestradeJson.Symbol(body, ticker)), held => _ids[ticker] = held, cancellation);
    }

    private async Task<Reading<T>> HeldAsync<T>(Known<T>? held, Read<T> read, Action<Known<T>> hold, CancellationToken cancellation)
        where T : class
    {
        if (held is not null && time.GetUtcNow() - held.At < Day)
        {
            return held.Reading;
        }

        var reading = await reader.ReadAsync(read, cancellation);
        if (reading.At is { } at)
        {
            hold(new Known<T>(reading, at));
        }

        return reading;
    }

    private ReadWish SymbolWish(string ticker) => new(PartNames.Quotes, $"number of {ticker}", Provider, "/v1/symbols/search?prefix=" + Uri.EscapeDataString(ticker), Day, null);

    // One plan for all accounts: their numbers are not known when it is made.
    private ReadWish AccountWish(string what, string number) => new(PartNames.Accounts, what, Provider, $"/v1/accounts/{Uri.EscapeDataString(number)}/{what}", options.PositionsEvery, options.Market);

    private DeskAsk Ask(string target) => new(Provider, target) { Client = client };

    private sealed record Known<T>(Reading<T> Reading, DateTimeOffset At)
        where T : class;
}
