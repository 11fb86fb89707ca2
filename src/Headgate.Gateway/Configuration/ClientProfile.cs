namespace Headgate.Gateway.Configuration;

/// <summary>What requests of one client get when they state nothing themselves. Immutable.</summary>
public sealed record ClientProfile
{
    /// <summary>RFC 9218 urgency, 0 to 7; null leaves the default of 3.</summary>
    public int? Urgency { get; init; }

    /// <summary>Form of the gate's own errors; null leaves the listener's.</summary>
    public ErrorStyle? Errors { get; init; }

    /// <summary>By endpoint id (<c>kite.quote</c>), ignoring case.</summary>
    public IReadOnlyDictionary<string, ProfileFreshness> Endpoints { get; init; } = new Dictionary<string, ProfileFreshness>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Freshness a profile gives to demands that state none.</summary>
/// <param name="Ttl">Oldest age that is fresh for this client; null takes the endpoint's.</param>
/// <param name="Stale">Ceiling of stale answers, at most the endpoint's; zero allows none, null takes the endpoint's.</param>
public sealed record ProfileFreshness(TimeSpan? Ttl, TimeSpan? Stale);
