namespace Headgate.Reports;

/// <summary>How an endpoint does, and whether it is asked at all now. Only endpoints that were asked since the start are known.</summary>
/// <param name="Provider">Provider name.</param>
/// <param name="Endpoint"><c>provider.endpoint</c>.</param>
/// <param name="Outcomes">How its calls ended since the start.</param>
/// <param name="ShutUntil">When the next probe may go, while repeated failures keep the endpoint shut and that moment lies ahead; else null.</param>
/// <param name="IsOpen">Whether its breaker is open: shut to all but a probe.</param>
public sealed record EndpointCondition(string Provider, string Endpoint, bool IsOpen, CallOutcomes Outcomes, EngineTime? ShutUntil);
