using Headgate.Upstreams.Faults;

namespace Headgate.Upstreams;

/// <summary>Counts what arrived at a twin's door and keeps the latest arrivals in a ring.</summary>
/// <threadsafety>Safe; readers get copies.</threadsafety>
public sealed class TwinCounters
{
    /// <summary>Bodies longer than this are counted but not kept in the log: 64 KiB.</summary>
    public const int BodyBytesKept = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Arrival?[] _ring;
    private readonly SortedDictionary<string, long> _byEndpoint = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _byClass = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _violationsByClass = new(StringComparer.Ordinal);
    private long _arrivals;
    private long _violations;

    /// <param name="logCapacity">How many of the latest arrivals are kept, with headers and (short) bodies; 1 or more, default 4,096.</param>
    public TwinCounters(int logCapacity = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(logCapacity, 1);
        _ring = new Arrival?[logCapacity];
    }

    /// <summary>Requests that arrived, refused and faulted ones included.</summary>
    public long Arrivals
    {
        get
        {
            lock (_gate)
            {
                return _arrivals;
            }
        }
    }

    /// <summary>Arrivals that broke a limit.</summary>
    public long Violations
    {
        get
        {
            lock (_gate)
            {
                return _violations;
            }
        }
    }

    /// <summary>A consistent copy of all counts, without the log.</summary>
    public TwinCounts Snapshot()
    {
        lock (_gate)
        {
            return new TwinCounts(
                _arrivals,
                _violations,
                new SortedDictionary<string, long>(_byEndpoint, StringComparer.Ordinal),
                new SortedDictionary<string, long>(_byClass, StringComparer.Ordinal),
                new SortedDictionary<string, long>(_violationsByClass, StringComparer.Ordinal));
        }
    }

    /// <summary>The latest arrivals, oldest first.</summary>
    public IReadOnlyList<Arrival> Log()
    {
        lock (_gate)
        {
            var kept = (int)Math.Min(_arrivals, _ring.Length);
            var log = new Arrival[kept];
            for (var i = 0; i < kept; i++)
            {
                log[i] = _ring[(int)((_arrivals - kept + i) % _ring.Length)]!;
            }

            return log;
        }
    }

    internal void Record(DateTimeOffset at, TwinRequest request, TwinRoute route, string? brokenRule, TwinFaultKind fault, int status)
    {
        lock (_gate)
        {
            var kept = request.Body.Length <= BodyBytesKept ? request : request with { Body = ReadOnlyMemory<byte>.Empty };
            var arrival = new Arrival(_arrivals + 1, at, kept, route, brokenRule, fault, status);
            _ring[(int)(_arrivals % _ring.Length)] = arrival;
            _arrivals++;
            Count(_byEndpoint, route.Endpoint);
            Count(_byClass, route.LimitClass);
            if (arrival.IsViolation)
            {
                _violations++;
                Count(_violationsByClass, route.LimitClass);
            }
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _arrivals = 0;
            _violations = 0;
            Array.Clear(_ring);
            _byEndpoint.Clear();
            _byClass.Clear();
            _violationsByClass.Clear();
        }
    }

    private static void Count(SortedDictionary<string, long> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;
}
