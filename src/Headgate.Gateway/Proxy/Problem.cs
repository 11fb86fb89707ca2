namespace Headgate.Gateway.Proxy;

/// <summary>One error of the gate itself.</summary>
/// <param name="Type">What kind.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">One sentence for people; holds no credential.</param>
internal sealed record Problem(ProblemType Type, int Status, string Detail)
{
    /// <summary>The earliest moment to try again; null when unknown.</summary>
    public EngineTime? RetryAt { get; init; }

    /// <summary>The limit in the way, as <c>kite.quote</c>.</summary>
    public string? Limit { get; init; }

    public static Problem Of(Refusal refusal) =>
        new(ProblemType.Of(refusal.Kind), refusal.Status, refusal.Detail) { RetryAt = refusal.RetryAt, Limit = refusal.Limit };
}
