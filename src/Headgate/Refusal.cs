namespace Headgate;

/// <summary>Why the gate itself does not answer. Values of <c>type</c> in problem+json are stable.</summary>
public enum RefusalKind
{
    /// <summary>A limit or budget has no permit before the deadline: 429.</summary>
    Limited,

    /// <summary>The upstream, or its credential, is closed by the breaker: 503.</summary>
    BreakerOpen,

    /// <summary>The upstream cannot be reached or its answer cannot be used: 502.</summary>
    UpstreamUnusable,

    /// <summary>The upstream did not answer before the deadline: 504.</summary>
    UpstreamTimeout,

    /// <summary>A write was sent and its outcome cannot be known: 502 or 504.</summary>
    OutcomeUnknown,

    /// <summary><c>only-if-cached</c> with something missing: 504.</summary>
    NotCached,

    /// <summary>The ledger cannot be written: 503.</summary>
    LedgerUnwritable,

    /// <summary>A queue is at its bound: 503.</summary>
    Overloaded,

    /// <summary>The gate runs offline: 503.</summary>
    Offline,

    /// <summary>The credential was refused repeatedly and is closed for a while, or the gate's own sign-in does not hold: 401 stays the upstream's; this is 503.</summary>
    CredentialClosed,

    /// <summary>The body is of a kind or size this endpoint does not take: 400, 413 or 415.</summary>
    Unfit,
}

/// <summary>A refusal with everything a client needs to try again.</summary>
/// <param name="Kind">Decides type and status.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">One sentence for people; holds no credential.</param>
/// <param name="RetryAt">The earliest moment this asker could be served behind the present queue; null when unknown.</param>
/// <param name="Limit">The limit in the way, as <c>kite.quote</c>, or null.</param>
public sealed record Refusal(RefusalKind Kind, int Status, string Detail, EngineTime? RetryAt, string? Limit);
