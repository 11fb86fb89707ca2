using System.Collections.Concurrent;
using Headgate.Catalogue;

namespace Headgate.Reports;

/// <summary>Counters by endpoint. Thread-safe; a look-up allocates nothing.</summary>
internal sealed class StatsBook
{
    private readonly ConcurrentDictionary<string, EndpointCounters> _counters = new(StringComparer.Ordinal);

    public EndpointCounters Of(EndpointModel endpoint) => _counters.GetOrAdd(endpoint.Id, static (_, known) => new EndpointCounters(known.Credits.For(1)), endpoint);

    /// <summary>Calls a provider has answered with a limit error.</summary>
    public long LimitedByUpstream(string provider)
    {
        long limited = 0;
        foreach (var (endpoint, counters) in _counters)
        {
            limited += endpoint.Length > provider.Length && endpoint[provider.Length] == '.' && endpoint.StartsWith(provider, StringComparison.OrdinalIgnoreCase) ? counters.Limited : 0;
        }

        return limited;
    }

    public IReadOnlyList<EndpointStats> ToStats() =>
        [.. _counters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.ToStats(pair.Key))];
}
