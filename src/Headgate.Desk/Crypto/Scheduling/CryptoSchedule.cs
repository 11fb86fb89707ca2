using Headgate.Desk.Crypto.Registry;
using Headgate.Refresh;

namespace Headgate.Desk.Crypto.Scheduling;

/// <summary>What is kept fresh: watches of the gate, by the scheduler's groups. Pure.</summary>
internal static class CryptoSchedule
{
    /// <summary>What the names of its watches begin with, by which they are told from others'.</summary>
    public const string Prefix = "crypto ";

    private const string Ticker = "ticker";
    private const string List = "tickerlist";

    /// <summary>The watches, the most urgent first: they are warmed in this order.</summary>
    public static IReadOnlyList<Watch> Watches(CryptoRegistry registry, IReadOnlyList<CryptoSymbol> symbols, CryptoOptions options) =>
    [
        .. Refreshed(registry, symbols.Count, options).OrderBy(static endpoint => endpoint.Group).SelectMany(endpoint => endpoint.Scope == CryptoScope.Market
            ? symbols.Count == 0 ? [] : [WatchOf(endpoint, default)]
            : symbols.Select(symbol => WatchOf(endpoint, symbol))),
    ];

    /// <summary>Whether tickers come out of the shared list.</summary>
    public static bool SharesTickers(int symbols, CryptoOptions options) => options.Tickers switch
    {
        CryptoTickers.Shared => true,
        CryptoTickers.Single => false,
        _ => symbols > 1,
    };

    /// <summary>The name of a watch.</summary>
    public static string NameOf(CryptoEndpoint endpoint, CryptoSymbol symbol) => endpoint.Scope == CryptoScope.Market ? Prefix + endpoint.Id : $"{Prefix}{endpoint.Id} {symbol.Name}";

    /// <summary>Endpoints of a group, the list in the place of tickers where it is shared.</summary>
    public static IEnumerable<CryptoEndpoint> Refreshed(CryptoRegistry registry, int symbols, CryptoOptions options)
    {
        var list = SharesTickers(symbols, options) ? SharedList(registry) : null;
        foreach (var endpoint in registry.Endpoints.Where(endpoint => endpoint.Group is not null && (options.KingFisher || endpoint.Provider != CryptoRegistry.KingFisher)))
        {
            if (list is null || (endpoint.Id != list.Id && !IsTicker(endpoint)))
            {
                yield return endpoint;
            }
            else if (IsTicker(endpoint))
            {
                yield return list;
            }
        }
    }

    // As fresh and as urgent as the tickers it stands for; null where these are refreshed by nobody.
    private static CryptoEndpoint? SharedList(CryptoRegistry registry) =>
        registry.Find(Ticker) is { Group: { } group } ticker ? registry.Find(List)! with { Ttl = ticker.Ttl, Priority = ticker.Priority, Group = group } : null;

    private static bool IsTicker(CryptoEndpoint endpoint) => endpoint is { Provider: CryptoRegistry.Cryptometer, Name: Ticker };

    private static Watch WatchOf(CryptoEndpoint endpoint, CryptoSymbol symbol) => new()
    {
        Name = NameOf(endpoint, symbol),
        Provider = endpoint.Provider,
        Target = endpoint.Target(symbol),
        Priority = endpoint.Group!.Value,
        Interval = Interval(endpoint),
    };

    // Without a stated interval the gate takes the smaller of the strategy's and its definition's time to live. What lives longer than its group's interval is not asked
    // for before it has grown old (nothing fresh was ever replaced), and what the settings changed is stated too.
    private static TimeSpan? Interval(CryptoEndpoint endpoint) =>
        endpoint.Ttl < GroupInterval(endpoint.Group!.Value) && endpoint.Ttl == CryptoRegistry.Shipped.Find(endpoint.Id)!.Ttl ? null : endpoint.Ttl;

    private static TimeSpan GroupInterval(WatchPriority group) => TimeSpan.FromMinutes(group switch
    {
        WatchPriority.Critical => 5,
        WatchPriority.High => 10,
        WatchPriority.Medium => 20,
        _ => 60,
    });
}
