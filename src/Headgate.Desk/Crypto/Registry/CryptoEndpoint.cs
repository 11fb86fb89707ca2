using Headgate.Refresh;

namespace Headgate.Desk.Crypto.Registry;

/// <summary>One kind of data that is kept: where it is asked, how fast it grows old, and how urgently it is refreshed.</summary>
/// <param name="Provider">Catalogue name of the provider: <c>cryptometer</c> or <c>kingfisher</c>.</param>
/// <param name="Name">As the replaced systems called it, <c>ls_ratio</c>; unique within its provider.</param>
/// <param name="Path">Path below the provider.</param>
/// <param name="Parameters">
/// Query without a credential. <c>{SYMBOL}</c>, <c>{symbol}</c>, <c>{PAIR}</c>, <c>{pair}</c> and <c>{MERGED}</c> stand for AVAX, avax, AVAX-USDT, avax-usdt and AVAXUSDT.
/// </param>
/// <param name="Scope">Whom one answer is about.</param>
/// <param name="Ttl">How long an answer is fresh, 1 s to 31 d.</param>
/// <param name="Priority">How urgent it is: orders batch updates, and bounds how old a stale answer may be.</param>
/// <param name="Weight">Its weight in the replaced system's analysis, 0 to 100.</param>
public sealed record CryptoEndpoint(string Provider, string Name, string Path, string Parameters, CryptoScope Scope, TimeSpan Ttl, WatchPriority Priority, int Weight)
{
    /// <summary>Row of the registry, 1 to 23; 0 for what is no endpoint of Cryptometer. Rows 1 to 17 make "the 17", 18 is needed by the scheduler besides.</summary>
    public int Row { get; init; }

    /// <summary>The scheduler's group it is refreshed in; null is refreshed by nobody and fetched when asked for.</summary>
    public WatchPriority? Group { get; init; }

    /// <summary>An answer about the whole market that tells of symbols one by one, so that a symbol's part can be cut out.</summary>
    public bool TellsOfSymbols { get; init; }

    /// <summary>As <c>cryptometer.ls_ratio</c>.</summary>
    public string Id => $"{Provider}.{Name}";

    /// <summary>Oldest stale answer that may stand in for a fresh one: 15 min where critical, 1 h high, 6 h medium, 24 h low.</summary>
    public TimeSpan StaleMax => Priority switch
    {
        WatchPriority.Critical => TimeSpan.FromMinutes(15),
        WatchPriority.High => TimeSpan.FromHours(1),
        WatchPriority.Medium => TimeSpan.FromHours(6),
        _ => TimeSpan.FromHours(24),
    };

    /// <summary>What it is stored under: <c>*</c> for what is about the whole market, whoever asks.</summary>
    public string SymbolOf(CryptoSymbol symbol) => Scope == CryptoScope.Market ? "*" : symbol.Name;

    /// <summary>The request of it: path and query.</summary>
    public string Target(CryptoSymbol symbol) => Parameters.Length == 0
        ? Path
        : $"{Path}?{Parameters
            .Replace("{SYMBOL}", symbol.Name, StringComparison.Ordinal)
            .Replace("{symbol}", symbol.Name?.ToLowerInvariant(), StringComparison.Ordinal)
            .Replace("{PAIR}", symbol.Pair, StringComparison.Ordinal)
            .Replace("{pair}", symbol.Pair.ToLowerInvariant(), StringComparison.Ordinal)
            .Replace("{MERGED}", symbol.Merged, StringComparison.Ordinal)}";
}
