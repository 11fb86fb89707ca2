namespace Headgate;

/// <summary>The freshness a demand states for itself (RFC 9111 §5.2.1, RFC 5861); what is null was not stated.</summary>
/// <remarks>Immutable, compared by value. <c>default</c> states nothing.</remarks>
public readonly record struct Freshness
{
    /// <summary>Nothing older than this, inclusive. Zero and <c>no-cache</c> always fetch.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>May be this much staler than its bound; <see cref="TimeSpan.MaxValue"/> for any, up to the endpoint's ceiling.</summary>
    public TimeSpan? MaxStale { get; init; }

    /// <summary>Must stay fresh at least this much longer.</summary>
    public TimeSpan? MinFresh { get; init; }

    /// <summary>May be this much staler when the upstream fails.</summary>
    public TimeSpan? StaleIfError { get; init; }

    /// <summary>Never go upstream: 504 when anything is missing.</summary>
    public bool OnlyIfCached { get; init; }

    /// <summary>Fetch, and do not keep the answer.</summary>
    public bool NoStore { get; init; }

    /// <summary>The data's own time may be at most this old.</summary>
    public TimeSpan? AsOfMax { get; init; }

    /// <summary>Nothing sent before this instant; the desk's "not older than this cycle's scheduled start".</summary>
    public EngineTime? NotBefore { get; init; }

    /// <summary>Bound a client profile gives to demands that state none, or null.</summary>
    public TimeSpan? ProfileTtl { get; init; }

    /// <summary>Ceiling a client profile puts on unasked stale answers, or null for the endpoint's.</summary>
    public TimeSpan? ProfileStale { get; init; }
}
