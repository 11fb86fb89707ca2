namespace Headgate.Simulation;

/// <summary>One demand of a soak, as its client made it.</summary>
public sealed record SoakAsk
{
    public required int Number { get; init; }

    public required SoakClient Client { get; init; }

    public required string Method { get; init; }

    /// <summary>Path below the provider, without the items.</summary>
    public required string Path { get; init; }

    /// <summary>Items of a batched ask; empty for whole answers.</summary>
    public required IReadOnlyList<string> Items { get; init; }

    public Freshness Freshness { get; init; }

    public Urgency Urgency { get; init; }

    /// <summary>Null takes the endpoint's 6.5 s.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Nothing sent longer than this before the ask (the desk's "not before this cycle's start"); null for no such bound.</summary>
    public TimeSpan? SinceAtMost { get; init; }

    /// <summary>The client leaves after this long; null for one that waits.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Body of a write: a nonce.</summary>
    public string Body { get; init; } = "";

    /// <summary>After the faults have ended and the upstream is well: must be served.</summary>
    public bool MustBeServed { get; init; }

    /// <summary>World ticks at the ask.</summary>
    public long AskedAt { get; set; }

    public TimeSpan EffectiveDeadline => Deadline ?? TimeSpan.FromSeconds(6.5);

    public bool IsWrite => string.Equals(Method, "POST", StringComparison.Ordinal);

    public string Target => Items.Count == 0 ? Path : Path + "?" + string.Join('&', Items.Select(item => "i=" + item));

    public override string ToString() =>
        $"#{Number} {Client.Name} {Method} {Target} u={Urgency.Value}{Said("deadline", Deadline)}{Said("max-age", Freshness.MaxAge)}{Said("max-stale", Freshness.MaxStale)}"
        + $"{Said("stale-if-error", Freshness.StaleIfError)}{Said("min-fresh", Freshness.MinFresh)}{(Freshness.OnlyIfCached ? " only-if-cached" : "")}{(Freshness.NoStore ? " no-store" : "")}";

    private static string Said(string name, TimeSpan? value) => value is { } span ? $" {name}={span.TotalSeconds:0.###}" : "";
}
