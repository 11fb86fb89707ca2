namespace Headgate.Refresh;

/// <summary>How refreshing goes.</summary>
/// <param name="Strategy">The most cautious strategy in force at any provider that is watched; NORMAL when none is.</param>
/// <param name="Pin">The strategy all providers are pinned to, or null.</param>
/// <param name="Providers">In order of name.</param>
/// <param name="Watches">In order of priority and name.</param>
public sealed record RefreshStatus(RefreshStrategy Strategy, RefreshStrategy? Pin, IReadOnlyList<ProviderRefresh> Providers, IReadOnlyList<WatchStatus> Watches);

/// <summary>One provider's strategy.</summary>
/// <param name="Provider">Provider name.</param>
/// <param name="Strategy">In force now: the pin, else the adjusted one.</param>
/// <param name="Because">Why, in a few words.</param>
/// <param name="Since">When it was adjusted last.</param>
/// <param name="Pin">What this provider alone is pinned to, or null.</param>
/// <param name="UsagePercent">The largest share of any of its limits that is used: over a sliding minute, or of the window where that is longer.</param>
/// <param name="UsageLimit">The limit with that share, or null.</param>
/// <param name="VolatileUntil">Until when the last report of volatility counts, or null.</param>
public sealed record ProviderRefresh(
    string Provider, RefreshStrategy Strategy, string Because, EngineTime Since, RefreshStrategy? Pin, int UsagePercent, string? UsageLimit, EngineTime? VolatileUntil);

/// <summary>How one watch goes.</summary>
/// <param name="Watch">The watch.</param>
/// <param name="Endpoint">The endpoint it asks, or null while it cannot be planned.</param>
/// <param name="Items">Items it names.</param>
/// <param name="Interval">The interval in force.</param>
/// <param name="DueAt">When it is looked at next.</param>
/// <param name="LastSuccess">When an ask of its own succeeded last, or null.</param>
/// <param name="Waiting">The limit without spare budget for it, although it is due, or null.</param>
/// <param name="Problem">Why it is not or was last not refreshed, or null.</param>
/// <param name="Asks">Asks made, each one call at most.</param>
/// <param name="Failures">Asks that brought no answer.</param>
/// <param name="Covered">Times it was due and what others had fetched was fresh enough.</param>
public sealed record WatchStatus(
    Watch Watch, string? Endpoint, int Items, TimeSpan Interval, EngineTime DueAt, EngineTime? LastSuccess, string? Waiting, string? Problem, long Asks, long Failures, long Covered);
