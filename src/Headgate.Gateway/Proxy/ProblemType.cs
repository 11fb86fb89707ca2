namespace Headgate.Gateway.Proxy;

/// <summary>The stable values of <c>type</c> in problem+json, and their titles.</summary>
/// <param name="Name">Last part of the URN; also the token in <c>Cache-Status</c> details.</param>
/// <param name="Title">The same for every occurrence.</param>
internal sealed record ProblemType(string Name, string Title)
{
    public const string Prefix = "urn:headgate:problem:";

    public static readonly ProblemType Limited = new("limited", "A limit leaves no room before the deadline");
    public static readonly ProblemType BreakerOpen = new("breaker-open", "The upstream is closed after repeated failures");
    public static readonly ProblemType UpstreamUnusable = new("upstream-unusable", "The upstream cannot be reached or its answer cannot be used");
    public static readonly ProblemType UpstreamTimeout = new("upstream-timeout", "The upstream did not answer in time");
    public static readonly ProblemType OutcomeUnknown = new("outcome-unknown", "The request was sent and its outcome is unknown");
    public static readonly ProblemType NotCached = new("not-cached", "Not everything asked for is held");
    public static readonly ProblemType LedgerUnwritable = new("ledger-unwritable", "Spending cannot be recorded, so nothing is sent");
    public static readonly ProblemType StoreUnwritable = new("store-unwritable", "What was asked cannot be made durable");
    public static readonly ProblemType Overloaded = new("overloaded", "Too many requests are waiting");
    public static readonly ProblemType Offline = new("offline", "The gate is offline");
    public static readonly ProblemType CredentialClosed = new("credential-closed", "The upstream keeps refusing this credential");
    public static readonly ProblemType Unfit = new("content-unfit", "The body is of a kind or size that is not taken here");
    public static readonly ProblemType HostileTarget = new("hostile-target", "The request target is not acceptable");
    public static readonly ProblemType TargetTooLong = new("target-too-long", "The request target is too long");
    public static readonly ProblemType BadRequest = new("bad-request", "The request cannot be understood");
    public static readonly ProblemType BodyTooLarge = new("body-too-large", "The request body is too large");
    public static readonly ProblemType BodyTooSlow = new("body-too-slow", "The request body took too long while a permit was held for it");
    public static readonly ProblemType NotAcceptable = new("not-acceptable", "The answer cannot be had in a coding the client takes");
    public static readonly ProblemType MethodUnknown = new("method-not-implemented", "The gate does not know this method");
    public static readonly ProblemType UpgradeUnsupported = new("upgrade-not-supported", "The gate does not speak WebSocket");
    public static readonly ProblemType NotFound = new("not-found", "There is nothing here");
    public static readonly ProblemType Unauthenticated = new("token-required", "A client token is required");
    public static readonly ProblemType Forbidden = new("token-not-allowed", "The client token does not allow this");
    public static readonly ProblemType ForeignHost = new("foreign-host", "This host name is not the gate's");
    public static readonly ProblemType ForeignOrigin = new("foreign-origin", "Requests from other web pages are refused");
    public static readonly ProblemType Internal = new("internal", "The gate failed");

    public string Urn { get; } = Prefix + Name;

    public static ProblemType Of(RefusalKind kind) => kind switch
    {
        RefusalKind.Limited => Limited,
        RefusalKind.BreakerOpen => BreakerOpen,
        RefusalKind.UpstreamUnusable => UpstreamUnusable,
        RefusalKind.UpstreamTimeout => UpstreamTimeout,
        RefusalKind.OutcomeUnknown => OutcomeUnknown,
        RefusalKind.NotCached => NotCached,
        RefusalKind.LedgerUnwritable => LedgerUnwritable,
        RefusalKind.Overloaded => Overloaded,
        RefusalKind.Offline => Offline,
        RefusalKind.CredentialClosed => CredentialClosed,
        RefusalKind.Unfit => Unfit,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
