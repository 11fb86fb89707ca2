using Headgate.Desk.Crypto.Reading;
using Headgate.Desk.Crypto.Registry;
using Headgate.Desk.Crypto.Scheduling;

namespace Headgate.Desk.Crypto.Signals;

/// <summary>Looks at what is kept fresh, once after each fetch and at least once in its time to live, and tells what is new in it. Not for concurrent use.</summary>
/// <param name="reader">Reads through the gate.</param>
/// <param name="options">Where tickers come from.</param>
/// <param name="time">The clock.</param>
/// <param name="news">What was told; may outlive the loop.</param>
/// <param name="signalled">Told of each signal once.</param>
/// <param name="moved">Told of a symbol that moves: by how many percent in 24 h, or null for a rapid movement.</param>
internal sealed class SignalLoop(CryptoReader reader, CryptoOptions options, TimeProvider time, SignalNews news, Action<CryptoSignal> signalled, Action<CryptoSymbol, decimal?> moved)
{
    // As long as the gate takes a symbol for volatile after a report.
    private static readonly TimeSpan MovesFor = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, (DateTimeOffset Due, long? FetchedAt)> _looks = new(StringComparer.Ordinal);

    /// <summary>Reads what is due.</summary>
    /// <param name="symbols">Whom.</param>
    /// <param name="sourceOf">How each is kept.</param>
    /// <param name="cancellation">Leaves.</param>
    public async ValueTask LookAsync(IReadOnlyList<CryptoSymbol> symbols, Func<CryptoEndpoint, CryptoSymbol, SignalSource> sourceOf, CancellationToken cancellation)
    {
        var watched = symbols.ToHashSet();
        foreach (var endpoint in CryptoSchedule.Refreshed(reader.Registry, symbols.Count, options).Where(static endpoint => endpoint.Provider == CryptoRegistry.Cryptometer))
        {
            foreach (var symbol in endpoint.Scope == CryptoScope.Market ? [default] : symbols)
            {
                if (IsRead(endpoint) && sourceOf(endpoint, symbol) is var source && IsDue(endpoint, symbol, source.FetchedAt))
                {
                    await LookAsync(endpoint, symbol, watched, source.MaxAge, cancellation);
                }
            }
        }

        news.Forget(time.GetUtcNow());
    }

    /// <summary>The same for an answer that somebody else asked for.</summary>
    /// <param name="endpoint">Whose answer.</param>
    /// <param name="symbol">Whom it was asked about.</param>
    /// <param name="watched">Whom signals may be about.</param>
    /// <param name="value">The answer.</param>
    /// <param name="asked">When it was asked for.</param>
    public void Take(CryptoEndpoint endpoint, CryptoSymbol symbol, IReadOnlySet<CryptoSymbol> watched, CryptoValue value, DateTimeOffset asked)
    {
        if (value.Data is not { } data)
        {
            return;
        }

        // A bar that runs when the call is sent may have closed when its answer is looked at.
        var now = time.GetUtcNow();
        var sent = now - value.Age!.Value;
        var signals = endpoint.Name switch
        {
            "rapid_movements" => SignalRules.Movements(data, watched),
            "ls_ratio" => SignalRules.Ratios(data, symbol, sent < asked ? sent : asked),
            "ai_screener_analysis" => SignalRules.Positions(data, symbol),
            _ => [],
        };
        foreach (var signal in signals.Where(signal => news.IsNew(signal, now)))
        {
            signalled(signal);
            if (signal.Kind == "rapid_movement" && now - signal.At < MovesFor)
            {
                moved(signal.Symbol, null);
            }
        }

        Prices(endpoint, symbol, watched, data);
    }

    private static bool IsRead(CryptoEndpoint endpoint) => endpoint.Name is "tickerlist" or "ticker" or "rapid_movements" or "ls_ratio" or "ai_screener_analysis";

    private async ValueTask LookAsync(CryptoEndpoint endpoint, CryptoSymbol symbol, HashSet<CryptoSymbol> watched, TimeSpan maxAge, CancellationToken cancellation)
    {
        var asked = time.GetUtcNow();
        Take(endpoint, symbol, watched, await reader.GetAsync(endpoint, symbol, new CryptoFreshness { MaxAge = maxAge }, cancellation), asked);
    }

    private void Prices(CryptoEndpoint endpoint, CryptoSymbol symbol, IReadOnlySet<CryptoSymbol> watched, System.Text.Json.JsonElement data)
    {
        if (endpoint.Name is not ("tickerlist" or "ticker"))
        {
            return;
        }

        foreach (var (whom, ticker) in CryptoRows.Of(data, endpoint.Scope == CryptoScope.Market ? watched : new HashSet<CryptoSymbol> { symbol }))
        {
            if (SignalRules.Change(ticker) is { } change && Math.Abs(change) > SignalRules.VolatileAbove)
            {
                moved(whom, change);
            }
        }
    }

    // Without news on a grid of its own, which begins with the wait: what is watched needs its time to come.
    private bool IsDue(CryptoEndpoint endpoint, CryptoSymbol symbol, long? fetchedAt)
    {
        var now = time.GetUtcNow();
        var name = CryptoSchedule.NameOf(endpoint, symbol);
        var isKnown = _looks.TryGetValue(name, out var last);
        if (isKnown && now < last.Due && fetchedAt == last.FetchedAt)
        {
            return false;
        }

        var missed = isKnown && now >= last.Due ? (now - last.Due).Ticks / endpoint.Ttl.Ticks : 0;
        var due = !isKnown || fetchedAt != last.FetchedAt ? now + endpoint.Ttl : last.Due + ((missed + 1) * endpoint.Ttl);
        _looks[name] = (due, fetchedAt);
        return isKnown || fetchedAt is not null;
    }
}
