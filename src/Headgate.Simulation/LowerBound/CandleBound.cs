namespace Headgate.Simulation;

/// <summary>The fewest calls for candles of one series (design §9): one per maximum span each time a bar nobody holds yet is asked for.</summary>
/// <remarks>Asks come in order of time. What is held is one unbroken range; an ask beside it is taken to fill what lies between, as coverage without gaps does.</remarks>
internal sealed class CandleBound
{
    private readonly TimeSpan _bar;
    private readonly TimeSpan _maxSpan;
    private readonly Func<DateTimeOffset, DateTimeOffset?> _nextBarClose;
    private DateTimeOffset? _from;
    private DateTimeOffset _until;

    /// <param name="bar">Length of a bar.</param>
    /// <param name="maxSpan">Longest span of one call.</param>
    /// <param name="nextBarClose">The first close of a bar after an instant; null when unknown.</param>
    public CandleBound(TimeSpan bar, TimeSpan maxSpan, Func<DateTimeOffset, DateTimeOffset?> nextBarClose)
    {
        _bar = bar;
        _maxSpan = maxSpan;
        _nextBarClose = nextBarClose;
    }

    public long Calls { get; private set; }

    public void Ask(DateTimeOffset at, DateTimeOffset from, DateTimeOffset to)
    {
        var until = to < at ? to : at;
        if (_from is not { } held)
        {
            Calls += CallsFor(until - from);
            (_from, _until) = (from, until);
            return;
        }

        if (from < held)
        {
            Calls += CallsFor(held - from);
            _from = from;
        }

        // A bar that closed since is one nobody holds.
        var close = _nextBarClose(_until) ?? _until + _bar;
        if (close <= until)
        {
            Calls += CallsFor(until - _until);
            _until = until;
        }
    }

    private long CallsFor(TimeSpan span) => Math.Max(1, (span.Ticks + _maxSpan.Ticks - 1) / _maxSpan.Ticks);
}
