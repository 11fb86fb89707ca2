using Headgate.Reports;

namespace Headgate.Desk.Fleet.Statistics;

/// <summary>An endpoint of the exchange as the gate sees it, since the gate's start and for all its clients.</summary>
/// <param name="Endpoint"><c>provider.endpoint</c>.</param>
/// <param name="Calls">Calls sent.</param>
/// <param name="Failures">Of these, without success.</param>
/// <param name="Limited">Of these, answered with 429: must stay 0.</param>
/// <param name="QueueP50">Half of what was sent had waited at most this long for its call, rounded up to a bucket's bound; null before the first, or beyond 30 s.</param>
/// <param name="QueueP95">The same of nineteen in twenty.</param>
/// <param name="QueueMax">The same of all.</param>
/// <param name="IsBreakerOpen">Shut after repeated failures, but for probes.</param>
public sealed record FleetEndpoint(string Endpoint, long Calls, long Failures, long Limited, TimeSpan? QueueP50, TimeSpan? QueueP95, TimeSpan? QueueMax, bool IsBreakerOpen)
{
    internal static FleetEndpoint Of(EndpointStats row, bool isOpen) => new(
        row.Endpoint, row.Calls, row.UpstreamErrors, row.LimitedByUpstream, row.QueueTimes.Within(0.5m), row.QueueTimes.Within(0.95m), row.QueueTimes.Within(1), isOpen);
}
