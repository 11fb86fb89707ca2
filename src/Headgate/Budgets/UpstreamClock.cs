namespace Headgate.Budgets;

/// <summary>Bounds what a provider's own clock says now; calendar windows roll by it, never by a local clock that may be wrong.</summary>
/// <remarks>
/// An answer with <c>Date: d</c> that was asked at s and came at r was stamped between s and r, so the upstream's clock reads at least d at r and less
/// than d + 1 s at s; both bounds then advance with the engine's monotonic clock. Before the first answer the wall clock and the engine clock are
/// both believed within the guard. Not thread-safe: the dispatcher's lock holds it.
/// </remarks>
internal sealed class UpstreamClock
{
    // A Date further off than this is not a clock but a fault (or a cached answer) and is ignored.
    private static readonly TimeSpan Credible = TimeSpan.FromHours(6);

    private readonly EngineClock _clock;
    private readonly TimeSpan _guard;
    private (DateTimeOffset Date, EngineTime SentAt, EngineTime ReceivedAt)? _sample;

    public UpstreamClock(EngineClock clock, TimeSpan guard)
    {
        _clock = clock;
        _guard = guard;
    }

    /// <summary>Takes the <c>Date</c> of an answer.</summary>
    public void Observe(DateTimeOffset date, EngineTime sentAt, EngineTime receivedAt)
    {
        if ((date - _clock.WallNow).Duration() < Credible)
        {
            _sample = (date, sentAt, receivedAt);
        }
    }

    /// <summary>The upstream's clock shows at least this.</summary>
    public DateTimeOffset Earliest(EngineTime at)
    {
        if (_sample is { } sample)
        {
            return sample.Date + (at - sample.ReceivedAt) - TimeSpan.FromSeconds(1);
        }

        var (engine, wall) = Local(at);
        return (engine < wall ? engine : wall) - _guard;
    }

    /// <summary>The upstream's clock shows at most this.</summary>
    public DateTimeOffset Latest(EngineTime at)
    {
        if (_sample is { } sample)
        {
            return sample.Date + TimeSpan.FromSeconds(2) + (at - sample.SentAt);
        }

        var (engine, wall) = Local(at);
        return (engine > wall ? engine : wall) + _guard;
    }

    private (DateTimeOffset Engine, DateTimeOffset Wall) Local(EngineTime at) => (at.ToUtc(), _clock.WallNow + (at - _clock.Now));
}
