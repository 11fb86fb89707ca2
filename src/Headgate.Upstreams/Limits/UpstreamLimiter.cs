namespace Headgate.Upstreams.Limits;

/// <summary>Counts admitted calls of one key under one rule. Refused calls spend nothing, as at the real doors.</summary>
/// <remarks>Integers only. Time that steps back counts as no time passing.</remarks>
/// <threadsafety>Not safe; the twin's lock guards it.</threadsafety>
public abstract class UpstreamLimiter
{
    private long _now = long.MinValue;

    /// <summary>True when a call at this moment is within the limit; spends nothing.</summary>
    /// <param name="utcTicks">The moment, in 100 ns ticks.</param>
    /// <param name="permits">What the call spends, 1 or more.</param>
    public bool Admits(long utcTicks, int permits = 1) => AdmitsAt(Advance(utcTicks), permits);

    /// <summary>Spends the permits of a call that <see cref="Admits"/> let in at this moment.</summary>
    public void Take(long utcTicks, int permits = 1) => TakeAt(Advance(utcTicks), permits);

    /// <summary>Permits that are spent at this moment.</summary>
    public long Used(long utcTicks) => UsedAt(Advance(utcTicks));

    /// <summary>Asks and, if admitted, spends.</summary>
    public bool TryTake(long utcTicks, int permits = 1)
    {
        if (!Admits(utcTicks, permits))
        {
            return false;
        }

        Take(utcTicks, permits);
        return true;
    }

    protected abstract bool AdmitsAt(long now, int permits);

    protected abstract void TakeAt(long now, int permits);

    protected abstract long UsedAt(long now);

    private long Advance(long utcTicks) => _now = Math.Max(_now, utcTicks);
}
