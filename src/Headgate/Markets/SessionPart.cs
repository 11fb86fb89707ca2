namespace Headgate.Markets;

/// <summary>An unbroken stretch of trading: open at <paramref name="Open"/> (inclusive), shut at <paramref name="Close"/> (exclusive).</summary>
/// <param name="Open">First instant of trading, UTC.</param>
/// <param name="Close">First instant after trading, UTC.</param>
public readonly record struct SessionPart(DateTimeOffset Open, DateTimeOffset Close);
