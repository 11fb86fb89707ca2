using Headgate.Strategies.Runs;

namespace Headgate.Strategies.Api;

/// <summary>The body of GET /metrics/{name}.</summary>
public sealed record OneStrategyMetrics(string Strategy, StrategyMetrics Metrics);
