using Headgate.Refresh;

namespace Headgate.Gateway.Api;

/// <param name="Status">How refreshing goes.</param>
/// <param name="Plan">What it costs.</param>
internal sealed record RefreshView(RefreshStatus Status, RefreshPlan Plan);

/// <param name="Target">As <c>kite/quote?i=NSE:INFY</c>.</param>
/// <param name="Name">Unique; a watch of the same name is replaced. The target when it is left out.</param>
/// <param name="Every">As <c>30s</c>; left out, the priority's interval.</param>
/// <param name="Priority"><c>critical</c>, <c>high</c>, <c>medium</c> (the default) or <c>low</c>.</param>
internal sealed record WatchRequest(string? Target, string? Name, string? Every, string? Priority);

/// <summary>Changes one thing: the interval of the watch named, or the strategy pinned.</summary>
/// <param name="Name">A watch; with <paramref name="Every"/>.</param>
/// <param name="Every">As <c>30s</c>; <c>auto</c> for the priority's interval.</param>
/// <param name="Pin"><c>aggressive</c>, <c>normal</c>, <c>conservative</c>, <c>minimal</c>, or <c>auto</c> to let it adjust itself.</param>
/// <param name="Provider">The provider to pin; left out, all of them.</param>
internal sealed record RefreshChange(string? Name, string? Every, string? Pin, string? Provider);
