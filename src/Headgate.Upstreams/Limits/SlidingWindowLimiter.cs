namespace Headgate.Upstreams.Limits;

/// <summary>At most N calls in any half-open window: the (N+1)th is in order only a full window after the first of them.</summary>
public sealed class SlidingWindowLimiter : UpstreamLimiter
{
    private readonly long[] _taken; // the latest N admitted moments, a ring
    private readonly long _window;
    private long _count;

    public SlidingWindowLimiter(int permits, TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permits, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        _taken = new long[permits];
        _window = window.Ticks;
    }

    protected override bool AdmitsAt(long now) =>
        _count < _taken.Length || now - _taken[(int)(_count % _taken.Length)] >= _window;

    protected override void TakeAt(long now)
    {
        _taken[(int)(_count % _taken.Length)] = now;
        _count++;
    }
}
