namespace Headgate.Markets;

/// <summary>The stretch of time one bar covers.</summary>
/// <param name="Open">Its first instant, UTC; upstreams stamp intraday candles with it.</param>
/// <param name="Close">The first instant at which the bar is final, UTC.</param>
public readonly record struct BarSpan(DateTimeOffset Open, DateTimeOffset Close);
