namespace Headgate.Explain;

/// <summary>What the gate decided for one request, in order.</summary>
/// <param name="RequestId">As told in the <c>Headgate-Request-Id</c> response header.</param>
/// <param name="At">When the demand came.</param>
/// <param name="Endpoint"><c>provider.endpoint</c>.</param>
/// <param name="Target">The target without credentials.</param>
/// <param name="Client">Who asked.</param>
/// <param name="Steps">The decisions.</param>
public sealed record Explanation(
    long RequestId,
    EngineTime At,
    string Endpoint,
    string Target,
    string Client,
    IReadOnlyList<ExplanationStep> Steps);

/// <param name="At">When.</param>
/// <param name="Decision">A stable word: hit, joined, queued, merged, sent, answered, stale, refused, …</param>
/// <param name="Detail">For people: which limit, how long, with whom.</param>
public sealed record ExplanationStep(EngineTime At, string Decision, string Detail);
