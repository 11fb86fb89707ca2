using System.Text.Json.Serialization;

namespace Headgate.Strategies.Api;

/// <summary>The body of GET /cache/health.</summary>
/// <param name="Status">healthy, unhealthy or disabled.</param>
/// <param name="LatencyMs">When healthy: the time of one question, in milliseconds.</param>
/// <param name="Error">When unhealthy.</param>
/// <param name="Message">When disabled.</param>
/// <param name="Timestamp">UTC, ISO 8601.</param>
public sealed record CacheHealthBody(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? LatencyMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message,
    string Timestamp);
