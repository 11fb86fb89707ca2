using Headgate.Gateway.Operations;
using Headgate.Reports;

namespace Headgate.Gateway.Api;

/// <summary>Entries and candle series found.</summary>
/// <param name="Entries">Newest send first.</param>
/// <param name="Series">Candle series, by endpoint and name.</param>
/// <param name="More">There are more than were asked for.</param>
internal sealed record CacheView(IReadOnlyList<EntryView> Entries, IReadOnlyList<SeriesInfoView> Series, bool More);

/// <param name="Removed">Entries removed, durably.</param>
/// <param name="Series">Candle series removed, durably.</param>
internal sealed record RemovedView(long Removed, long Series);

/// <param name="Targets">As <c>kite/quote?i=NSE:INFY</c>.</param>
internal sealed record WarmRequest(IReadOnlyList<string>? Targets);

/// <param name="Results">One per target, in order.</param>
internal sealed record WarmView(IReadOnlyList<WarmedTarget> Results);

/// <param name="Scope"><c>gate</c>, <c>provider/NAME</c>, <c>limit/ID</c> or <c>client/NAME</c>.</param>
/// <param name="Mode"><c>on</c>, <c>shadow</c>, <c>bypass</c>; null takes the scope's mode back.</param>
internal sealed record ModeChange(string? Scope, string? Mode);

/// <param name="Scope">What it is set for.</param>
/// <param name="Mode">The mode.</param>
/// <param name="Source"><c>catalogue</c> or <c>run time</c>.</param>
internal sealed record ModeView(string Scope, string Mode, string Source);

/// <param name="Days">Days asked for, today included.</param>
/// <param name="Asked">Client requests.</param>
/// <param name="Direct">Calls the clients would have made themselves.</param>
/// <param name="Calls">Calls charged.</param>
/// <param name="Hits">Items answered fresh from what was held.</param>
/// <param name="Stale">Items answered stale.</param>
/// <param name="Saved">Direct minus calls.</param>
/// <param name="Daily">By day and endpoint, newest first.</param>
/// <param name="Costs">What these calls cost and what the clients' own would have, by the prices stated now.</param>
internal sealed record SavingsView(int Days, long Asked, long Direct, long Calls, long Hits, long Stale, long Saved, IReadOnlyList<DaySavings> Daily, IReadOnlyList<ProviderCost> Costs);
