using System.Text.RegularExpressions;

namespace Headgate.Catalogue;

/// <summary>Whose calls a limit counts together.</summary>
public enum LimitScope
{
    /// <summary>All calls of the gate to the provider (limits per IP, or of the only key).</summary>
    Provider,

    /// <summary>Calls of one limit key (Kite: the api key).</summary>
    LimitKey,

    /// <summary>Calls of one limit key to one endpoint, for each endpoint that lists the limit.</summary>
    Endpoint,

    /// <summary>Calls of one account.</summary>
    Account,

    /// <summary>Calls with one value of a path capture (Airtable: the base; Telegram: the chat).</summary>
    Capture,

    /// <summary>Calls with one value of a field of the query or the body (Telegram: the chat); calls without the field are not counted.</summary>
    Field,
}

/// <summary>What the upstream counts. The gate always keeps the hold rule of design §6, whatever the upstream's own form.</summary>
public enum LimitKind
{
    /// <summary>At most N in any window of this length.</summary>
    Sliding,

    /// <summary>At most N between two resets of a zone's calendar.</summary>
    Calendar,
}

/// <summary>A rule: N permits per window.</summary>
public sealed class LimitModel
{
    /// <summary><c>provider.limit</c>; the ledger's key together with the scope value.</summary>
    public required string Id { get; init; }

    /// <summary>The name inside its definition.</summary>
    public required string Name { get; init; }

    public required LimitKind Kind { get; init; }

    /// <summary>Permits (calls, weight or credits) per window, at least 1.</summary>
    public required long Permits { get; init; }

    /// <summary>Calls spend their credits of it instead of their cost.</summary>
    public bool CountsCredits { get; init; }

    /// <summary>Length of a sliding window. For calendar windows the nominal length (a day, an hour).</summary>
    public required TimeSpan Window { get; init; }

    public required LimitScope Scope { get; init; }

    /// <summary>The path capture for <see cref="LimitScope.Capture"/>, the field for <see cref="LimitScope.Field"/>.</summary>
    public string? Capture { get; init; }

    /// <summary>For <see cref="LimitScope.Field"/>: only values it matches are counted (Telegram: groups); null counts all.</summary>
    public Regex? Matching { get; init; }

    /// <summary>IANA zone in which a calendar window rolls; UTC when not given.</summary>
    public string Zone { get; init; } = "Etc/UTC";

    /// <summary>Local time of day at which a daily calendar window rolls.</summary>
    public TimeSpan ResetAt { get; init; } = TimeSpan.Zero;

    /// <summary>Share of a daily budget kept for urgent demands, in percent, 0 to 100.</summary>
    public int ReservePercent { get; init; }

    /// <summary>Spread a daily budget over the session instead of spending it as asked.</summary>
    public bool Paced { get; init; }

    /// <summary>Response header that reports usage, or null.</summary>
    public UsageHeader? Usage { get; init; }

    /// <summary>Fixed closure after a limit answer without <c>Retry-After</c> (Airtable: 30 s), or null for back-off.</summary>
    public TimeSpan? LockOut { get; init; }
}

/// <summary>A header by which the upstream reports used or remaining permits; it can only lower what the gate believes is left.</summary>
public sealed record UsageHeader(string Name, bool IsRemaining);
