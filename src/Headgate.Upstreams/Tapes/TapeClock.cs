namespace Headgate.Upstreams.Tapes;

/// <summary>A wall clock that begins at a tape's first minute and runs as fast as another clock; timers are the other clock's.</summary>
/// <threadsafety>Safe.</threadsafety>
public sealed class TapeClock : TimeProvider
{
    private readonly TimeProvider _inner;
    private readonly DateTimeOffset _start;
    private readonly long _startedAt;

    /// <param name="start">What this clock shows at the moment it is made.</param>
    /// <param name="inner">The clock whose speed it runs at.</param>
    public TapeClock(DateTimeOffset start, TimeProvider inner)
    {
        _inner = inner;
        _start = start.ToUniversalTime();
        _startedAt = inner.GetTimestamp();
    }

    public override long TimestampFrequency => _inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => _inner.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => _start + _inner.GetElapsedTime(_startedAt);

    public override long GetTimestamp() => _inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _inner.CreateTimer(callback, state, dueTime, period);
}
