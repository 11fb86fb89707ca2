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

    protected override bool AdmitsAt(long now, int permits) =>
        permits <= _taken.Length
        && (_count + permits <= _taken.Length || now - _taken[(int)((_count + permits - 1) % _taken.Length)] >= _window);

    protected override void TakeAt(long now, int permits)
    {
        for (var i = 0; i < permits; i++)
        {
            _taken[(int)(_count % _taken.Length)] = now;
            _count++;
        }
    }

    protected override long UsedAt(long now)
    {
        var used = 0;
        for (var i = 0; i < Math.Min(_count, _taken.Length); i++)
        {
            used += now - _taken[i] < _window ? 1 : 0;
        }

        return used;
    }
}
