namespace Headgate.Strategies;

/// <summary>Expiry rows processed of all.</summary>
public readonly record struct StrategyProgress(int Processed, int Total);
