namespace Headgate.Upstreams.Limits;

/// <summary>At most N calls in each aligned window.</summary>
public sealed class FixedWindowLimiter : UpstreamLimiter
{
    private readonly int _permits;
    private readonly long _window;
    private readonly long _offset;
    private long _current = long.MinValue;
    private int _taken;

    /// <param name="offset">Distance of the boundaries from the UTC epoch.</param>
    public FixedWindowLimiter(int permits, TimeSpan window, TimeSpan offset = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permits, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        _permits = permits;
        _window = window.Ticks;
        _offset = offset.Ticks;
    }

    protected override bool AdmitsAt(long now, int permits) => UsedAt(now) + permits <= _permits;

    protected override void TakeAt(long now, int permits)
    {
        _taken = (int)UsedAt(now) + permits;
        _current = WindowOf(now);
    }

    protected override long UsedAt(long now) => WindowOf(now) == _current ? _taken : 0;

    private long WindowOf(long now)
    {
        var shifted = now - DateTime.UnixEpoch.Ticks - _offset;
        return shifted >= 0 ? shifted / _window : (shifted - _window + 1) / _window;
    }
}
