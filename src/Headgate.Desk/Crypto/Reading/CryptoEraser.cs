using Headgate.Caching;
using Headgate.Desk.Crypto.Registry;

namespace Headgate.Desk.Crypto.Reading;

/// <summary>Forgets exactly what was named: clearing BTC leaves BTCST alone, and what is about the whole market belongs to no symbol.</summary>
/// <param name="engine">Whose entries.</param>
/// <param name="registry">What there is.</param>
public sealed class CryptoEraser(Engine engine, CryptoRegistry registry)
{
    /// <summary>Removes what an endpoint told of a symbol, all it told, all that is held of a symbol, or with neither everything.</summary>
    /// <param name="symbol">Whom, or null.</param>
    /// <param name="endpoint">What, or null.</param>
    /// <param name="symbols">The symbols that may be held, where only the endpoint is named.</param>
    /// <param name="cancellation">Gives up; what was removed stays removed.</param>
    /// <returns>How many entries were removed.</returns>
    public async ValueTask<long> RemoveAsync(CryptoSymbol? symbol, CryptoEndpoint? endpoint, IReadOnlyList<CryptoSymbol> symbols, CancellationToken cancellation)
    {
        long removed = 0;
        foreach (var (what, whom) in Named(symbol, endpoint, symbols))
        {
            removed += await RemoveAsync(what, whom, cancellation);
        }

        return removed;
    }

    private IEnumerable<(CryptoEndpoint Endpoint, CryptoSymbol Symbol)> Named(CryptoSymbol? symbol, CryptoEndpoint? endpoint, IReadOnlyList<CryptoSymbol> symbols)
    {
        IReadOnlyList<CryptoSymbol> whom = symbol is { } one ? [one] : symbols;
        foreach (var what in endpoint is null ? registry.Endpoints : [endpoint])
        {
            if (what.Scope == CryptoScope.Symbol)
            {
                foreach (var each in whom)
                {
                    yield return (what, each);
                }
            }
            else if (symbol is null || endpoint is not null)
            {
                yield return (what, default);
            }
        }
    }

    private async ValueTask<long> RemoveAsync(CryptoEndpoint endpoint, CryptoSymbol symbol, CancellationToken cancellation)
    {
        var provider = engine.Catalogue.Find(endpoint.Provider);
        if (provider is null)
        {
            return 0;
        }

        long removed = 0;
        foreach (var item in engine.Plan(provider, new ClientRequest { Method = "GET", Target = endpoint.Target(symbol), Headers = [] }).Items)
        {
            removed += await engine.RemoveEntriesAsync(new EntryFilter { Scope = item.Key.Endpoint, Item = item.Key.Id }, cancellation);
        }

        return removed;
    }
}
