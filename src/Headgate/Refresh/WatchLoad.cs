using Headgate.Catalogue;

namespace Headgate.Refresh;

/// <summary>What the planner needs of one watch.</summary>
/// <param name="Watch">The watch.</param>
/// <param name="Provider">Provider name.</param>
/// <param name="Strategy">In force at its provider.</param>
/// <param name="Variant">Watches of one variant share calls where the endpoint batches.</param>
/// <param name="Endpoint">The endpoint it asks.</param>
/// <param name="Items">Items it names.</param>
/// <param name="Limits">Keys of the limits its calls spend.</param>
internal sealed record WatchLoad(
    Watch Watch, string Provider, RefreshStrategy Strategy, CallVariant Variant, EndpointModel Endpoint, int Items, IReadOnlyList<string> Limits);

/// <summary>What a limit has for refreshing.</summary>
/// <param name="Limit">Limit id.</param>
/// <param name="CarriedPerMinute">Permits a minute.</param>
internal sealed record LimitCapacity(string Limit, decimal CarriedPerMinute);
