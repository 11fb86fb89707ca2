namespace Headgate.Strategies.Runs;

/// <summary>The end of a run.</summary>
/// <param name="Output">Null when the strategy reported failure.</param>
/// <param name="Error">What the strategy reported; null on success.</param>
/// <param name="IsCurrent">False when data was imported meanwhile.</param>
public sealed record RunResult(RunOutput? Output, string? Error, string DataVersion, bool IsCurrent, double Milliseconds);
