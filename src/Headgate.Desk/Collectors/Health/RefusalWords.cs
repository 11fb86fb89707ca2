namespace Headgate.Desk.Collectors.Health;

/// <summary>Why an ask was refused, as labels and fields write it.</summary>
internal static class RefusalWords
{
    public static string Of(RefusalKind kind) => kind switch
    {
        RefusalKind.Limited => "limited",
        RefusalKind.BreakerOpen => "breaker_open",
        RefusalKind.UpstreamUnusable => "upstream_unusable",
        RefusalKind.UpstreamTimeout => "upstream_timeout",
        RefusalKind.OutcomeUnknown => "outcome_unknown",
        RefusalKind.NotCached => "not_cached",
        RefusalKind.LedgerUnwritable => "ledger_unwritable",
        RefusalKind.Overloaded => "overloaded",
        RefusalKind.Offline => "offline",
        RefusalKind.CredentialClosed => "credential_closed",
        RefusalKind.Unfit => "unfit",
        _ => "other",
    };
}
