namespace Headgate.Upstreams.Limits;

/// <summary>Counts admitted calls of one key under one rule. Refused calls spend nothing, as at the real doors.</summary>
/// <remarks>Integers only. Time that steps back counts as no time passing.</remarks>
/// <threadsafety>Not safe; the twin's lock guards it.</threadsafety>
public abstract class UpstreamLimiter
{
    private long _now = long.MinValue;

    /// <summary>True when a call at this moment is within the limit; spends nothing.</summary>
    /// <param name="utcTicks">The moment, in 100 ns ticks.</param>
    public bool Admits(long utcTicks) => AdmitsAt(Advance(utcTicks));

    /// <summary>Spends one permit for a call that <see cref="Admits"/> let in at this moment.</summary>
    public void Take(long utcTicks) => TakeAt(Advance(utcTicks));

    /// <summary>Asks and, if admitted, spends.</summary>
    public bool TryTake(long utcTicks)
    {
        if (!Admits(utcTicks))
        {
            return false;
        }

        Take(utcTicks);
        return true;
    }

    protected abstract bool AdmitsAt(long now);

    protected abstract void TakeAt(long now);

    private long Advance(long utcTicks) => _now = Math.Max(_now, utcTicks);
}
