namespace Headgate.Reports;

/// <summary>One decision worth telling somebody who watches the gate. Holds no credential.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">A stable word: <c>call</c>, <c>closure</c>, <c>breaker-open</c>, <c>breaker-closed</c>, <c>refusal</c>, <c>mode</c>, <c>reset</c>, <c>refresh</c>, <c>alert</c>, <c>alert-over</c>.</param>
/// <param name="Subject">The endpoint, limit or scope it is about.</param>
/// <param name="Detail">For people.</param>
/// <param name="RequestId">The request refused, or 0.</param>
public sealed record EngineEvent(EngineTime At, string Kind, string Subject, string Detail, long RequestId = 0);
