namespace Headgate.Desk.Crypto.Status;

/// <summary>How the scheduler does, by the names its users know. Written in snake case.</summary>
/// <param name="Running">Whether it runs in this process.</param>
/// <param name="Strategy">The most cautious strategy in force at either provider, in upper case.</param>
/// <param name="MonitoredSymbols">Whom it watches.</param>
/// <param name="SymbolCount">How many.</param>
/// <param name="ApiBudget">By provider.</param>
/// <param name="CacheStatistics">By provider: hits, misses and the rest, counted by the gate since its start.</param>
/// <param name="ActiveTasks">Watches that are kept fresh.</param>
/// <param name="NextCycleIn">Seconds until signals are looked for again; null where it does not run.</param>
/// <param name="Providers">Each provider's strategy, plan and what goes wrong.</param>
/// <param name="Signals">The latest, newest first.</param>
/// <param name="Problem">Why alerts wait, or what is held is not written down, or nothing can be called; else null.</param>
public sealed record CryptoStatusView(
    bool Running,
    string Strategy,
    IReadOnlyList<string> MonitoredSymbols,
    int SymbolCount,
    IReadOnlyDictionary<string, CryptoBudgetView> ApiBudget,
    CryptoCachesView CacheStatistics,
    int ActiveTasks,
    decimal? NextCycleIn,
    IReadOnlyList<CryptoProviderView> Providers,
    IReadOnlyList<CryptoSignalView> Signals,
    string? Problem);

/// <summary>The limit of a provider that has the longest window; of several such the one that is used most.</summary>
/// <param name="Used">Permits used in the window that counts now.</param>
/// <param name="Total">Permits of the window.</param>
/// <param name="Percentage">Used ÷ total, text with one decimal and %.</param>
/// <param name="ResetIn">Seconds until a permit comes free; 0 when one is.</param>
/// <param name="Limit">Which limit.</param>
/// <param name="WindowSeconds">Its window.</param>
public sealed record CryptoBudgetView(long Used, long Total, string Percentage, decimal ResetIn, string Limit, decimal WindowSeconds);

/// <summary>Both caches, as two views of one.</summary>
public sealed record CryptoCachesView(CryptometerStatisticsView Cryptometer, KingFisherStatisticsView Kingfisher);

/// <summary>How one provider is refreshed.</summary>
/// <param name="Provider">Catalogue name.</param>
/// <param name="Strategy">In force, in upper case.</param>
/// <param name="Because">Why.</param>
/// <param name="UsagePercent">Largest share of a limit used within the last minute or window.</param>
/// <param name="PlannedCallsPerMinute">What its watches cost at present intervals.</param>
/// <param name="Stretched">Watches whose interval the budget could not carry.</param>
/// <param name="Waiting">Watches that are due and wait for a permit.</param>
/// <param name="Problems">What goes wrong, each once, with how many watches it concerns.</param>
public sealed record CryptoProviderView(
    string Provider, string Strategy, string Because, int UsagePercent, decimal PlannedCallsPerMinute, int Stretched, int Waiting, IReadOnlyDictionary<string, int> Problems);

/// <summary>A signal.</summary>
public sealed record CryptoSignalView(string Kind, string Symbol, DateTime At, string Detail);

/// <summary>What an endpoint last told of a symbol.</summary>
/// <param name="Endpoint">As the registry names it.</param>
/// <param name="Status"><c>fresh</c>, <c>stale</c> or <c>none</c>.</param>
/// <param name="Age">Seconds; null where there is none.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Reason">Why it is stale or missing.</param>
/// <param name="Empty">The upstream answered that there is nothing to tell.</param>
/// <param name="Data">The data; of what is about the whole market only the symbol's part.</param>
public sealed record CryptoValueView(string Endpoint, string Status, decimal? Age, string Source, string? Reason, bool Empty, System.Text.Json.JsonElement? Data);

/// <summary>All that is held of a symbol; nothing was called for it.</summary>
public sealed record CryptoSymbolView(string Symbol, bool Monitored, IReadOnlyList<CryptoValueView> Endpoints);
