using Headgate.Upstreams.Limits;

namespace Headgate.Simulation;

/// <summary>Counts arrivals the slow way: keeps them all and looks at every window. Checks the engine and the twins' own limiters alike.</summary>
/// <param name="kind">How the upstream counts.</param>
/// <param name="permits">Arrivals per window; also the size of a bucket.</param>
/// <param name="window">The window.</param>
/// <param name="offset">Where fixed windows begin.</param>
public sealed class BruteLimiter(LimiterKind kind, int permits, TimeSpan window, TimeSpan offset = default)
{
    private readonly List<long> _arrivals = [];

    /// <summary>Takes an arrival in order; false when it is over the limit.</summary>
    /// <param name="ticks">UTC ticks of the upstream's clock.</param>
    public bool Arrive(long ticks)
    {
        _arrivals.Add(ticks);
        return kind switch
        {
            LimiterKind.SlidingWindow => _arrivals.Count(at => at > ticks - window.Ticks) <= permits,
            LimiterKind.FixedWindow => _arrivals.Count(at => WindowOf(at) == WindowOf(ticks)) <= permits,
            _ => HasToken(),
        };
    }

    private long WindowOf(long ticks) => (ticks - DateTime.UnixEpoch.Ticks - offset.Ticks) / window.Ticks;

    // A bucket that starts full is overdrawn exactly when some run of arrivals is longer than it holds and gains meanwhile.
    private bool HasToken()
    {
        for (var first = 0; first < _arrivals.Count; first++)
        {
            var run = _arrivals.Count - first;
            var gained = (Int128)(_arrivals[^1] - _arrivals[first]) * permits;
            if ((Int128)(run - permits) * window.Ticks > gained)
            {
                return false;
            }
        }

        return true;
    }
}
