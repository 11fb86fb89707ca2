namespace Headgate.Desk.Crypto.Reading;

/// <summary>How fresh a value must be for one read. <c>new()</c> takes the registry's time to live, and stale values where no fresh one can be had.</summary>
public sealed record CryptoFreshness
{
    /// <summary>Oldest value that counts as fresh; null takes the registry's time to live.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Whether an older value, marked stale, may stand in when a fresh one cannot be had. Default true, up to the ceiling of the endpoint's priority.</summary>
    public bool AcceptStale { get; init; } = true;

    /// <summary>Ask the upstream whatever is held. What is held may still stand in, if <see cref="AcceptStale"/>.</summary>
    public bool Force { get; init; }

    /// <summary>Call nobody: what is held, fresh or stale, or nothing.</summary>
    public bool Offline { get; init; }

    /// <summary>Bounds waiting and call together; null takes the endpoint's.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>RFC 9218, 0 to 7; null takes the endpoint's priority: critical 0, high 2, medium 4, low 6.</summary>
    public int? Urgency { get; init; }

    /// <summary>What is held and nothing else.</summary>
    public static CryptoFreshness Held { get; } = new() { Offline = true };
}
