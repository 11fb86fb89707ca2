using Headgate.Desk.Days;

namespace Headgate.Simulation;

/// <summary>What one run of a day cost at the upstreams.</summary>
/// <param name="Calls">Calls that arrived, orders, their look-ups and sign-ins included; messages apart.</param>
/// <param name="Violations">Calls that broke a limit, messages included.</param>
/// <param name="Messages">Alerts and other messages that arrived.</param>
/// <param name="CallsByEndpoint">Calls by provider and the upstream's own names.</param>
/// <param name="CallsByHour">The same calls by local hour.</param>
/// <param name="CallsByService">Of these, by the system they were made for; a sign-in is made for none, and a bot that shares every read has its orders and look-ups alone.</param>
public sealed record FleetSide(
    long Calls,
    long Violations,
    long Messages,
    IReadOnlyDictionary<string, long> CallsByEndpoint,
    IReadOnlyDictionary<int, long> CallsByHour,
    IReadOnlyDictionary<string, long> CallsByService)
{
    internal static FleetSide Of(IReadOnlyList<FleetUpstream> upstreams, FleetLog log)
    {
        var byEndpoint = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long calls = 0, violations = 0, messages = 0;
        foreach (var upstream in upstreams)
        {
            var counts = upstream.Twin.Counters.Snapshot();
            violations += counts.Violations;
            if (upstream.IsMarketData)
            {
                calls += counts.Arrivals;
            }
            else
            {
                messages += counts.Arrivals;
            }

            foreach (var (endpoint, arrivals) in counts.ArrivalsByEndpoint)
            {
                byEndpoint[$"{upstream.Twin.Name}.{endpoint}"] = arrivals;
            }
        }

        return new FleetSide(calls, violations, messages, byEndpoint, log.CallsByHour, log.CallsByClient);
    }
}
