namespace Headgate.Upstreams.Scenarios;

/// <summary>A client that asks again and again.</summary>
public sealed record PollingClient
{
    /// <summary>What it calls itself.</summary>
    public required string Name { get; init; }

    /// <summary>What it sends with every request.</summary>
    public IReadOnlyList<TwinHeader> Headers { get; init; } = [];

    /// <summary>What it watches, at least one item (an empty text for requests that name none).</summary>
    public required IReadOnlyList<string> Items { get; init; }

    /// <summary>Writes the requests for some items: one, or as many as the upstream's batch size needs.</summary>
    public required Func<IReadOnlyList<string>, IReadOnlyList<string>> Targets { get; init; }

    /// <summary>Time between two rounds, above zero.</summary>
    public required TimeSpan Every { get; init; }

    /// <summary>Distance of the first round from the beginning of the hours; default 0.</summary>
    public TimeSpan Phase { get; init; }

    /// <summary>Each round comes up to this much later, drawn evenly; default 0.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Rounds come at random distances around <see cref="Every"/> (a Poisson stream) instead of evenly.</summary>
    public bool AtRandom { get; init; }

    /// <summary>How many of its items each round asks, drawn anew; 0 asks all.</summary>
    public int Pick { get; init; }

    /// <summary>How old answers may be; null takes the endpoint's own freshness.</summary>
    public TimeSpan? Bound { get; init; }

    /// <summary>RFC 9218, 0 to 7; default 3.</summary>
    public int Urgency { get; init; } = 3;

    /// <summary>The client listed before it from whose answer of the same round its asks are computed, or null.</summary>
    public string? After { get; init; }

    /// <summary>When it asks, from the beginning of the scenario; end exclusive. Empty is always.</summary>
    public IReadOnlyList<(TimeSpan From, TimeSpan To)> Hours { get; init; } = [];
}
