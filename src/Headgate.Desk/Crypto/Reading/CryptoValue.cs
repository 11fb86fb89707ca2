using System.Text.Json;

namespace Headgate.Desk.Crypto.Reading;

/// <summary>One read: the value, how old it is and where it came from, or why there is none.</summary>
/// <param name="Endpoint">Id of the registry, as <c>cryptometer.ls_ratio</c>.</param>
/// <param name="Symbol">As <c>AVAX</c>; <c>*</c> for what is about the whole market.</param>
/// <param name="Status">What it is worth.</param>
public sealed record CryptoValue(string Endpoint, string Symbol, CryptoStatus Status)
{
    /// <summary>The answer's data as the upstream gave it; null where there is none, also where the upstream said that there is nothing to tell (<see cref="IsEmpty"/>).</summary>
    public JsonElement? Data { get; init; }

    /// <summary>The upstream answered, and there was nothing to tell: a value like any other, not asked for again before its time.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Since the call that brought it was sent; null where there is no value.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary><c>held</c> or <c>upstream</c>; the endpoint's id behind it where it is a part of another's answer.</summary>
    public string Source { get; init; } = "";

    /// <summary>Why it is stale or missing: <c>limit</c>, <c>upstream-error</c>, <c>timeout</c>, …, or the upstream's own words; null for fresh ones.</summary>
    public string? Reason { get; init; }

    /// <summary>When to come back (wall clock), where the gate knows.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
