namespace Headgate.Strategies.Api;

/// <summary>The body of GET /health.</summary>
/// <param name="Status">healthy.</param>
/// <param name="Timestamp">UTC, ISO 8601.</param>
public sealed record HealthBody(string Status, string Timestamp);
