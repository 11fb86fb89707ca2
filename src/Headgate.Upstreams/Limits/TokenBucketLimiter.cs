namespace Headgate.Upstreams.Limits;

/// <summary>A bucket filled lazily at permits per window, holding at most the burst; it starts full.</summary>
public sealed class TokenBucketLimiter : UpstreamLimiter
{
    // Levels are kept in units of 1/window tokens, so that one tick fills exactly `permits` units and nothing is rounded.
    private readonly long _permits;
    private readonly long _window;
    private readonly long _full;
    private long _level;
    private long _filledAt = long.MinValue;

    /// <param name="permits">Tokens filled per window.</param>
    /// <param name="window">The window.</param>
    /// <param name="burst">Tokens the bucket holds.</param>
    public TokenBucketLimiter(int permits, TimeSpan window, int burst)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permits, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(burst, 1);
        _permits = permits;
        _window = window.Ticks;
        _full = checked(burst * _window);
        _level = _full;
    }

    protected override bool AdmitsAt(long now, int permits)
    {
        Fill(now);
        return _level >= _window * permits;
    }

    protected override void TakeAt(long now, int permits)
    {
        Fill(now);
        _level -= _window * permits;
    }

    protected override long UsedAt(long now)
    {
        Fill(now);
        return (_full - _level + _window - 1) / _window;
    }

    private void Fill(long now)
    {
        if (_filledAt != long.MinValue)
        {
            var elapsed = now - _filledAt;
            _level = elapsed >= (_full - _level + _permits - 1) / _permits ? _full : _level + (elapsed * _permits);
        }

        _filledAt = now;
    }
}
