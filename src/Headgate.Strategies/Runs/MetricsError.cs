namespace Headgate.Strategies.Runs;

/// <summary>One of the last errors.</summary>
public sealed record MetricsError(string Timestamp, string Error);
