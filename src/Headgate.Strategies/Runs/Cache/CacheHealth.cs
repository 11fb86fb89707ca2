namespace Headgate.Strategies.Runs.Cache;

/// <summary>healthy with a latency, unhealthy with an error, or disabled with a message.</summary>
public sealed record CacheHealth(string Status, double? LatencyMs = null, string? Error = null, string? Message = null);
