using Headgate.Upstream;

namespace Headgate.Catalogue;

/// <summary>Recognises an answer that is not a success. All stated conditions must hold; rules are tried in order.</summary>
public sealed class ErrorRule
{
    /// <summary>Statuses it applies to; empty for any.</summary>
    public required IReadOnlyList<(int From, int To)> Statuses { get; init; }

    /// <summary>Top-level JSON members that must be present and, when a pattern is given, match it (ordinal, ignoring case).</summary>
    public required IReadOnlyList<JsonCondition> Json { get; init; }

    /// <summary>Text anywhere in the first 4 KB of the body, or null.</summary>
    public string? BodyContains { get; init; }

    /// <summary>Content type prefix, or null.</summary>
    public string? ContentType { get; init; }

    public required OutcomeKind As { get; init; }

    /// <summary>Limits to close for <see cref="OutcomeKind.Limited"/>; empty closes the endpoint's first.</summary>
    public required IReadOnlyList<LimitModel> Limits { get; init; }

    /// <summary>JSON path to the seconds to wait (Telegram <c>parameters.retry_after</c>), or empty.</summary>
    public required IReadOnlyList<string> RetryAfterPath { get; init; }

    /// <summary>Fixed closure, or null for <c>Retry-After</c> and back-off.</summary>
    public TimeSpan? Closure { get; init; }

    /// <summary>Close until the limit's calendar window rolls.</summary>
    public bool UntilReset { get; init; }

    /// <summary>For <see cref="OutcomeKind.Plan"/>: how long the refusal is given again without a call, or null.</summary>
    public PlanMemory? Remember { get; init; }
}

/// <summary>A plan's refusal holds for a while, for the same credential and the same request but for some parameters.</summary>
/// <param name="For">How long.</param>
/// <param name="Except">Query parameters that make no difference, as the symbol.</param>
public sealed record PlanMemory(TimeSpan For, IReadOnlyList<string> Except);

/// <summary>A member that must be there: the path, and the text it must contain or equal, or null for presence alone.</summary>
/// <param name="Path">Member names from the root.</param>
/// <param name="Contains">Text any of which the value must contain, ignoring case, or equal when it begins with <c>=</c>; empty for presence.</param>
/// <param name="Absent">True when the member must be absent instead.</param>
public sealed record JsonCondition(IReadOnlyList<string> Path, IReadOnlyList<string> Contains, bool Absent = false);
