using Headgate.Upstream;

namespace Headgate.Catalogue;

/// <summary>What an upstream's answer means and what follows from it.</summary>
/// <param name="Kind">The outcome.</param>
/// <param name="RetryAfter">What the upstream asked to wait (header or body), 0 to 7 days; null when it said nothing.</param>
/// <param name="Limits">For <see cref="OutcomeKind.Limited"/>: the limits to close, at least one unless the endpoint has none.</param>
/// <param name="Closure">For <see cref="OutcomeKind.Limited"/>: a fixed closure the definition states (rule or lock-out); null for <paramref name="RetryAfter"/>, else back-off.</param>
/// <param name="UntilReset">For <see cref="OutcomeKind.Limited"/>: close until the limit's calendar window rolls.</param>
/// <param name="Reason">Why, as a short stable phrase for logs and explanations; holds nothing of the body.</param>
public sealed record Classification(
    OutcomeKind Kind,
    TimeSpan? RetryAfter,
    IReadOnlyList<LimitModel> Limits,
    TimeSpan? Closure,
    bool UntilReset,
    string Reason)
{
    /// <summary>For <see cref="OutcomeKind.Plan"/>: how long the refusal holds, or null.</summary>
    public PlanMemory? Remember { get; init; }
}
