namespace Headgate.Strategies.Runs;

/// <summary>One strategy's counters; guarded by the registry's lock.</summary>
internal sealed class Counters
{
    private const int ErrorsKept = 10;

    private readonly Queue<MetricsError> _errors = new();
    private long _successful;
    private long _failed;
    private double _total;
    private double _minimum = double.PositiveInfinity;
    private double _maximum;
    private string? _last;
    private long _hits;
    private double _hitTotal;

    public long Misses { get; set; }

    public void Ran(double milliseconds, string now, string? error)
    {
        _total += milliseconds;
        _minimum = Math.Min(_minimum, milliseconds);
        _maximum = Math.Max(_maximum, milliseconds);
        _last = now;
        if (error is null)
        {
            _successful++;
            return;
        }

        _failed++;
        _errors.Enqueue(new MetricsError(now, error));
        if (_errors.Count > ErrorsKept)
        {
            _errors.Dequeue();
        }
    }

    public void Hit(double milliseconds)
    {
        _hits++;
        _hitTotal += milliseconds;
    }

    public StrategyMetrics Snapshot()
    {
        var runs = _successful + _failed;
        return new StrategyMetrics(
            runs, _successful, _failed, Round(_total), runs == 0 ? 0 : Round(_minimum), Round(_maximum), runs == 0 ? 0 : Round(_total / runs),
            Percent(_successful, runs), _hits, Misses, Percent(_hits, _hits + Misses), _hits == 0 ? 0 : Round(_hitTotal / _hits), _last, _failed, [.. _errors]);
    }

    public static OverallMetrics Overall(IReadOnlyCollection<Counters> all)
    {
        var successful = all.Sum(c => c._successful);
        var failed = all.Sum(c => c._failed);
        var hits = all.Sum(c => c._hits);
        var misses = all.Sum(c => c.Misses);
        return new OverallMetrics(
            successful + failed, successful, failed, Percent(successful, successful + failed), hits, misses, Percent(hits, hits + misses));
    }

    private static double Percent(long part, long whole) => whole == 0 ? 0 : Math.Round(100.0 * part / whole, 2);

    private static double Round(double milliseconds) => Math.Round(milliseconds, 2);
}
