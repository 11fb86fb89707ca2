namespace Headgate.Strategies.Store;

/// <summary>The close of an underlying on a trading day, in points.</summary>
public readonly record struct SpotDay(DateOnly Date, decimal Close);
