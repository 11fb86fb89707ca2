namespace Headgate.Refresh;

/// <summary>What refreshing will cost: computed from watches, batching, strategies and limits, before anything is spent.</summary>
/// <param name="Providers">In order of name.</param>
public sealed record RefreshPlan(IReadOnlyList<ProviderRefreshPlan> Providers);

/// <summary>One provider's part of the plan.</summary>
/// <param name="Provider">Provider name.</param>
/// <param name="Strategy">The strategy it is planned under.</param>
/// <param name="CallsPerMinute">After batching and stretching.</param>
/// <param name="Limits">Every limit the watches spend.</param>
/// <param name="Watches">In order of priority and name.</param>
public sealed record ProviderRefreshPlan(
    string Provider, RefreshStrategy Strategy, decimal CallsPerMinute, IReadOnlyList<LimitRefreshPlan> Limits, IReadOnlyList<WatchPlan> Watches);

/// <summary>What refreshing asks of one limit.</summary>
/// <param name="Limit">Limit id, as <c>kite.quote</c>.</param>
/// <param name="WantedPerMinute">Permits a minute the watches would spend at the intervals of their strategy.</param>
/// <param name="CarriedPerMinute">Permits a minute the budget has for them: four fifths of the limit less its reserve and less what clients spend.</param>
/// <param name="StretchPercent">100 when carried; 180 when every interval had to become 1.8 times as long.</param>
public sealed record LimitRefreshPlan(string Limit, decimal WantedPerMinute, decimal CarriedPerMinute, int StretchPercent);

/// <summary>One watch's part of the plan.</summary>
/// <param name="Watch">The watch.</param>
/// <param name="Items">Items it names.</param>
/// <param name="Wanted">The interval of its strategy, or the ttl where that is shorter and carried.</param>
/// <param name="Interval">The interval it gets.</param>
/// <param name="StretchPercent">100 when it gets what it wants.</param>
/// <param name="StretchedFor">The limit that could not carry it, or null.</param>
public sealed record WatchPlan(Watch Watch, int Items, TimeSpan Wanted, TimeSpan Interval, int StretchPercent, string? StretchedFor);
