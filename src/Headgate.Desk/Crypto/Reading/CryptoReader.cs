using Headgate.Desk.Crypto.Registry;
using Headgate.Desk.Doors;
using Headgate.Desk.Waiting;
using Headgate.Refresh;

namespace Headgate.Desk.Crypto.Reading;

/// <summary>Get-or-fetch for everything in the registry. It keeps nothing itself: what is held, joined and limited is the gate's.</summary>
/// <remarks>Safe for concurrent use. Refusals and the upstream's failures are values.</remarks>
/// <param name="door">The way to the gate.</param>
/// <param name="registry">What can be read.</param>
/// <param name="client">Who asks, for reports.</param>
public sealed class CryptoReader(IDeskDoor door, CryptoRegistry registry, string client = CryptoReader.Client)
{
    /// <summary>How the desk calls itself.</summary>
    public const string Client = "crypto";

    private const string Ticker = "ticker";
    private const string List = "tickerlist";

    /// <summary>What can be read.</summary>
    public CryptoRegistry Registry => registry;

    /// <summary>Reads what an endpoint tells of a symbol, or of the whole market.</summary>
    /// <param name="endpoint">A row of the registry.</param>
    /// <param name="symbol">Whom it is about; not looked at where it is about the whole market.</param>
    /// <param name="freshness">How fresh.</param>
    /// <param name="cancellation">Leaves; what was sent upstream goes on for others.</param>
    public async ValueTask<CryptoValue> GetAsync(CryptoEndpoint endpoint, CryptoSymbol symbol, CryptoFreshness freshness, CancellationToken cancellation)
    {
        var value = await AskAsync(endpoint, symbol, freshness, cancellation);

        // A forced read takes nothing that was held; when it fails, what is held may stand in, and says why.
        return value.Status == CryptoStatus.None && freshness is { Force: true, AcceptStale: true }
            && await AskAsync(endpoint, symbol, freshness with { Force = false, Offline = true }, cancellation) is { Status: not CryptoStatus.None } held
            ? held with { Status = CryptoStatus.Stale, Reason = value.Reason, RetryAt = value.RetryAt }
            : value;
    }

    /// <summary>Reads a symbol's part of what is about the whole market: one pair of <c>tickerlist_pro</c>, say. A pair that is not listed is an empty value.</summary>
    public async ValueTask<CryptoValue> PartAsync(CryptoEndpoint endpoint, CryptoSymbol symbol, CryptoFreshness freshness, CancellationToken cancellation)
    {
        var market = await GetAsync(endpoint, symbol, freshness, cancellation);
        var part = market.Data is { } data ? CryptoRows.Of(data, symbol) : null;
        return market with { Symbol = symbol.Name, Data = part, IsEmpty = market.Status != CryptoStatus.None && part is null, Source = endpoint.Id };
    }

    /// <summary>A symbol's ticker out of the list of all pairs, which everybody shares: as fresh as a ticker of its own would have to be.</summary>
    public async ValueTask<CryptoValue> SharedTickerAsync(CryptoSymbol symbol, CryptoFreshness freshness, CancellationToken cancellation)
    {
        var ticker = registry.Find(Ticker)!;
        var list = registry.Find(List)! with { Ttl = ticker.Ttl, Priority = ticker.Priority };
        return await PartAsync(list, symbol, freshness, cancellation) with { Endpoint = ticker.Id };
    }

    /// <summary>Reads several at once; what is missing is fetched in order of priority, each within the wait or not at all. What is fresh costs nothing.</summary>
    /// <param name="symbols">Whom.</param>
    /// <param name="endpoints">What; what is about the whole market is asked once.</param>
    /// <param name="wait">Bounds the whole of it.</param>
    /// <param name="cancellation">Leaves.</param>
    /// <returns>In order of priority, then as asked.</returns>
    public async ValueTask<IReadOnlyList<CryptoValue>> UpdateAsync(IReadOnlyList<CryptoSymbol> symbols, IReadOnlyList<CryptoEndpoint> endpoints, TimeSpan wait, CancellationToken cancellation)
    {
        var asks = endpoints.OrderBy(static endpoint => endpoint.Priority)
            .SelectMany(endpoint => symbols.Select(symbol => (Endpoint: endpoint, Symbol: symbol)))
            .DistinctBy(static ask => (ask.Endpoint.Id, ask.Endpoint.SymbolOf(ask.Symbol)));
        var freshness = new CryptoFreshness { Deadline = wait };
        return await Together.AllAsync([.. asks.Select(ask => GetAsync(ask.Endpoint, ask.Symbol, freshness, cancellation).AsTask())]);
    }

    private async ValueTask<CryptoValue> AskAsync(CryptoEndpoint endpoint, CryptoSymbol symbol, CryptoFreshness freshness, CancellationToken cancellation)
    {
        var answer = await door.AskAsync(Ask(endpoint, symbol, freshness), cancellation);
        var value = new CryptoValue(endpoint.Id, endpoint.SymbolOf(symbol), CryptoStatus.None);
        if (answer.Refusal is { } refusal)
        {
            return value with { Reason = refusal.Detail, RetryAt = answer.RetryAt };
        }

        var envelope = answer.IsData ? CryptoEnvelope.Of(answer.Body.Span) : new CryptoEnvelope(null, answer.Status == 404 ? null : $"status {answer.Status}");
        return envelope.Error is { } error
            ? value with { Reason = error }
            : value with
            {
                Status = answer.IsStale ? CryptoStatus.Stale : CryptoStatus.Fresh,
                Data = envelope.Data,
                IsEmpty = envelope.IsEmpty,
                Age = answer.Age,
                Source = answer.IsHit || answer.IsStale ? "held" : "upstream",
                Reason = answer.IsStale ? answer.Reason : null,
            };
    }

    private DeskAsk Ask(CryptoEndpoint endpoint, CryptoSymbol symbol, CryptoFreshness freshness)
    {
        var ttl = freshness.MaxAge ?? endpoint.Ttl;
        return new DeskAsk(endpoint.Provider, endpoint.Target(symbol))
        {
            Client = client,
            Urgency = freshness.Urgency ?? (int)endpoint.Priority,
            Deadline = freshness.Deadline,
            Ttl = ttl,
            StaleMax = freshness.AcceptStale ? endpoint.StaleMax : TimeSpan.Zero,
            NotBefore = freshness is { Force: true, Offline: false } ? door.Time.GetUtcNow() : null,
            OnlyHeld = freshness.Offline,
            MaxStale = freshness is { Offline: true, AcceptStale: true } && endpoint.StaleMax > ttl ? endpoint.StaleMax - ttl : null,
        };
    }
}
