using System.Collections.Concurrent;
using Headgate.Reports;

namespace Headgate.Desk.Collectors.Health;

/// <summary>How long each phase of the desk's cycles takes. Thread-safe; phases are the few named here.</summary>
public sealed class PhaseDurations
{
    /// <summary>Reading the market, news, rates, commodities, quotes and accounts.</summary>
    public const string Ingest = "ingest";

    /// <summary>Reading factors.</summary>
    public const string Factors = "factors";

    /// <summary>Making a collection durable.</summary>
    public const string Persist = "persist";

    private readonly ConcurrentDictionary<string, DurationHistogram> _phases = new(StringComparer.Ordinal);

    /// <summary>A phase took this long.</summary>
    public void Add(string phase, TimeSpan duration) => _phases.GetOrAdd(phase, static _ => new DurationHistogram()).Add(duration);

    /// <summary>By phase, in order of name.</summary>
    public IReadOnlyList<(string Phase, DurationCounts Durations)> All() =>
        [.. _phases.OrderBy(static phase => phase.Key, StringComparer.Ordinal).Select(static phase => (phase.Key, phase.Value.ToCounts()))];
}
