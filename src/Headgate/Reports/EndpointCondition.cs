namespace Headgate.Reports;

/// <summary>Is an endpoint asked at all now? Only endpoints that were asked since the start are known.</summary>
/// <param name="Provider">Provider name.</param>
/// <param name="Endpoint"><c>provider.endpoint</c>.</param>
/// <param name="ShutUntil">When the next probe may go, while repeated failures keep the endpoint shut and that moment lies ahead; else null.</param>
/// <param name="IsOpen">Whether its breaker is open: shut to all but a probe.</param>
public sealed record EndpointCondition(string Provider, string Endpoint, bool IsOpen, EngineTime? ShutUntil);
