namespace Headgate.Desk.Doors;

/// <summary>What came back.</summary>
/// <param name="Status">The upstream's status, or the status of the refusal.</param>
/// <param name="Body">The whole body, decoded; empty for a refusal.</param>
public sealed record DeskAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>Data: a success of the upstream, fresh or stale.</summary>
    public bool IsData => Refusal is null && Status is >= 200 and < 300;

    /// <summary>Age of its oldest part.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Older than asked for; <see cref="Reason"/> says why it is served all the same.</summary>
    public bool IsStale { get; init; }

    /// <summary>Everything came from what was held; nothing was called and nobody waited.</summary>
    public bool IsHit { get; init; }

    /// <summary>Everything that was not held travelled with calls of others.</summary>
    public bool IsJoined { get; init; }

    /// <summary>What the upstream said to a call made for this answer, where one was made and it is known.</summary>
    public int? UpstreamStatus { get; init; }

    /// <summary>Calls made for this answer and counted for no other.</summary>
    public int Calls { get; init; }

    /// <summary>A stable token why it was forwarded or is stale, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Why there is no answer, or null.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>A message went out and nobody knows what became of it: ask before sending it again.</summary>
    public bool IsOutcomeUnknown => Refusal?.Kind == RefusalKind.OutcomeUnknown;

    /// <summary>When to come back (wall clock), where the refusal knows.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The upstream's end-to-end headers, as far as they are kept.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];
}
