namespace Headgate.Upstreams.Limits;

/// <summary>One limit at an upstream's door, kept apart for every key.</summary>
/// <param name="Name">How violations name it, e.g. <c>quote 1/s</c>.</param>
/// <param name="Class">The limit class it applies to; <c>*</c> applies to every class of a key together.</param>
/// <param name="Permits">Calls per window, 1 or more.</param>
/// <param name="Window">Length of the window, above zero.</param>
/// <param name="Kind">How the upstream counts.</param>
public sealed record LimitRule(string Name, string Class, int Permits, TimeSpan Window, LimiterKind Kind = LimiterKind.SlidingWindow)
{
    /// <summary>Bucket size of <see cref="LimiterKind.TokenBucket"/>; 0 means <see cref="Permits"/>.</summary>
    public int Burst { get; init; }

    /// <summary>Where <see cref="LimiterKind.FixedWindow"/> boundaries lie, as a distance from the UTC epoch (an IST day: -05:30).</summary>
    public TimeSpan Offset { get; init; }

    /// <summary>A call beyond the limit shuts its key out for so long (Airtable: 30 s); zero refuses that call alone.</summary>
    public TimeSpan LockOut { get; init; }

    /// <summary>A limiter of this rule for one key.</summary>
    public UpstreamLimiter Create() => Kind switch
    {
        LimiterKind.SlidingWindow => new SlidingWindowLimiter(Permits, Window),
        LimiterKind.FixedWindow => new FixedWindowLimiter(Permits, Window, Offset),
        LimiterKind.TokenBucket => new TokenBucketLimiter(Permits, Window, Burst == 0 ? Permits : Burst),
        _ => throw new InvalidOperationException($"unknown limiter kind {Kind}"),
    };
}
