namespace Headgate.Upstreams.Scenarios;

/// <summary>One request of a client.</summary>
/// <param name="At">When, from the beginning of the scenario.</param>
/// <param name="Client">Index of the client.</param>
/// <param name="Target">Path and query below the provider.</param>
/// <param name="Bound">How old the answer may be; null takes the endpoint's own freshness.</param>
/// <param name="Urgency">RFC 9218, 0 to 7.</param>
/// <param name="After">Index of the ask from whose answer this one is computed, so that it waits for it; -1 for none.</param>
public sealed record ScenarioAsk(TimeSpan At, int Client, string Target, TimeSpan? Bound, int Urgency = 3, int After = -1);
