using Headgate.Upstream;

namespace Headgate.Flights;

/// <summary>Why a stale entry may be served; stable tokens.</summary>
internal static class StaleReasons
{
    /// <summary>The client said that staleness is fine.</summary>
    public const string MaxStale = "max-stale";

    /// <summary>Served at once and fetched behind.</summary>
    public const string Revalidating = "revalidating";

    /// <summary>Why a stale entry may stand in for this failure, or null when it may not (the caller's own fault, a refused credential).</summary>
    public static string? Of(FlightOutcome outcome) => outcome switch
    {
        FlightOutcome.Failed failed => failed.Refusal.Kind switch
        {
            RefusalKind.Limited => "limit",
            RefusalKind.BreakerOpen => "breaker",
            RefusalKind.UpstreamTimeout => "timeout",
            RefusalKind.LedgerUnwritable => "ledger",
            RefusalKind.Offline => "offline",
            RefusalKind.Overloaded => "overload",
            _ => "upstream-error",
        },
        FlightOutcome.UpstreamSaid { Kind: OutcomeKind.Limited } => "limit",
        FlightOutcome.UpstreamSaid { Kind: OutcomeKind.Transient } => "upstream-error",
        _ => null,
    };
}
