namespace Headgate.Strategies.Runs;

/// <summary>The answer to an execute request: a status, or the reason it was refused.</summary>
public sealed record ExecuteOutcome(ExecutionStatus? Status, ExecuteRefusal Refusal = ExecuteRefusal.None, string? Detail = null);
