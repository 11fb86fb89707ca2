namespace Headgate.Simulation;

/// <summary>A timer in virtual time. Fires on the context of whoever made it, and not at all once that process is dead.</summary>
internal sealed class VirtualTimer : ITimer
{
    private readonly VirtualTime _time;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private long _place;
    private TimeSpan _period;
    private bool _disposed;

    public VirtualTimer(VirtualTime time, VirtualContext context, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _time = time;
        Context = context;
        _callback = callback;
        _state = state;
        Change(dueTime, period);
    }

    public VirtualContext Context { get; }

    public bool Counts(long place) => place == _place && !_disposed && Context.IsAlive;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        _period = period;
        _place = dueTime == Timeout.InfiniteTimeSpan ? 0 : _time.Schedule(this, _time.Elapsed + Math.Max(0, dueTime.Ticks));
        return true;
    }

    public void Fire(long due)
    {
        _place = _period > TimeSpan.Zero ? _time.Schedule(this, due + _period.Ticks) : 0;
        _callback(_state);
    }

    public void Dispose() => _disposed = true;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
