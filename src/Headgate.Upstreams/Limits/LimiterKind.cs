namespace Headgate.Upstreams.Limits;

/// <summary>How an upstream counts.</summary>
public enum LimiterKind
{
    /// <summary>No window of the given length, wherever it begins, may hold more than the permits. The strictest of the three.</summary>
    SlidingWindow,

    /// <summary>Windows aligned to the epoch (plus an offset); twice the permits can pass around a boundary.</summary>
    FixedWindow,

    /// <summary>A lazily filled bucket that starts full: permits per window, at most <see cref="LimitRule.Burst"/> at once.</summary>
    TokenBucket,
}
