namespace Headgate.Strategies.Runs;

/// <summary>Which executions to list, newest first.</summary>
/// <param name="Limit">1 to 500.</param>
public sealed record RunFilter(int Limit = 50, int Offset = 0, string? Status = null, string? Strategy = null, string? User = null);
