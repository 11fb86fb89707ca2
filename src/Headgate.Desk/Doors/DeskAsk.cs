namespace Headgate.Desk.Doors;

/// <summary>A safe read (GET).</summary>
/// <param name="Provider">Catalogue name of the provider.</param>
/// <param name="Target">Raw path and query below the provider; starts with a slash.</param>
public sealed record DeskAsk(string Provider, string Target)
{
    /// <summary>Who asks, for fairness and reports.</summary>
    public string Client { get; init; } = "desk";

    /// <summary>RFC 9218, 0 to 7. Default 3, what monitors ask at.</summary>
    public int Urgency { get; init; } = 3;

    /// <summary>Nothing sent before this moment is taken: the scheduled start of the asker's cycle. Null states no such bound.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Nothing older than this, inclusive; not looked at where <see cref="NotBefore"/> is stated. Null states no such bound.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>
    /// How old an answer may be, in place of what its definition says, longer or shorter. When nothing so new can be had in time the newest there is comes, up to the
    /// endpoint's ceiling and marked stale. Not looked at where <see cref="NotBefore"/> or <see cref="MaxAge"/> is stated.
    /// </summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>Oldest answer that may stand in, marked stale, where neither <see cref="NotBefore"/> nor <see cref="MaxAge"/> is stated; null is the endpoint's ceiling, zero is none.</summary>
    public TimeSpan? StaleMax { get; init; }

    /// <summary>Takes only what is held, fresh or stale, and calls nobody; what is not held is refused.</summary>
    public bool OnlyHeld { get; init; }

    /// <summary>How much staler than its bound an answer may be when a fresh one cannot be had; null is not at all where a bound is stated.</summary>
    public TimeSpan? MaxStale { get; init; }

    /// <summary>Bounds waiting and call together; null takes the endpoint's.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Headers of the asker's own; what the gate injects need not be named.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];
}
