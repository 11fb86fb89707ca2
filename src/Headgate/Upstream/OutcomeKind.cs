namespace Headgate.Upstream;

/// <summary>What an upstream's answer, or its absence, means (design §6 "Resilience").</summary>
public enum OutcomeKind
{
    Success,

    /// <summary>The instrument or resource does not exist: its asker's own affair.</summary>
    NotFound,

    /// <summary>A limit was met: closes that limit, never the breaker.</summary>
    Limited,

    /// <summary>The credential is not (or no longer) accepted.</summary>
    Unauthorized,

    /// <summary>The credential is accepted but not entitled to this.</summary>
    Plan,

    /// <summary>5xx, time-out or transport fault: may pass by itself.</summary>
    Transient,

    /// <summary>A client error that repeating will not change.</summary>
    Permanent,

    /// <summary>A 200 that cannot be used: truncated, empty, garbage, HTML for JSON.</summary>
    Malformed,
}
