namespace Headgate.Catalogue;

/// <summary>How long an entry answers demands that state no bound of their own.</summary>
public enum FreshnessKind
{
    /// <summary>For <see cref="FreshnessModel.Ttl"/> after the send.</summary>
    Fixed,

    /// <summary>Until the running bar of <see cref="FreshnessModel.Bar"/> closes.</summary>
    UntilBarCloses,

    /// <summary>Until the trading session closes.</summary>
    UntilSessionCloses,

    /// <summary>Until the market opens next.</summary>
    UntilNextOpen,

    /// <summary>For ever.</summary>
    Immutable,

    /// <summary>As the upstream's own headers say (RFC 9111).</summary>
    Origin,
}

/// <summary>Freshness of an endpoint.</summary>
public sealed record FreshnessModel
{
    public required FreshnessKind Kind { get; init; }

    /// <summary>For <see cref="FreshnessKind.Fixed"/>, and the fall-back where a bar or session cannot be told.</summary>
    public required TimeSpan Ttl { get; init; }

    /// <summary>Bar length for <see cref="FreshnessKind.UntilBarCloses"/>; null takes the interval asked.</summary>
    public TimeSpan? Bar { get; init; }

    /// <summary>Hard ceiling of age for every kind of stale answer; zero allows none.</summary>
    public required TimeSpan Stale { get; init; }

    /// <summary>While the market is closed: this kind instead, or null.</summary>
    public FreshnessKind? Closed { get; init; }

    /// <summary>Age past freshness within which an answer is given at once and refreshed behind it from spare budget.</summary>
    public TimeSpan Revalidate { get; init; } = TimeSpan.Zero;

    /// <summary>Closed bars of a candle range are final: kept as rows, never fetched again.</summary>
    public bool PastIsFinal { get; init; }

    /// <summary>How long a not-found of a whole response is remembered; zero not at all.</summary>
    public TimeSpan Negative { get; init; } = TimeSpan.Zero;

    /// <summary>Do the upstream's own headers decide?</summary>
    public bool IsOrigin => Kind == FreshnessKind.Origin;
}
