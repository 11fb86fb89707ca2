using System.Text.Json;

namespace Headgate.Strategies.Api;

/// <summary>The body of POST /execute, as the API description shows it.</summary>
/// <param name="Parameters">Parameters and settings of the strategy; absent ones take their defaults.</param>
/// <param name="UserId">Default system.</param>
/// <param name="UseCache">Default true.</param>
/// <param name="AsyncExecution">Default false; true queues a job.</param>
public sealed record ExecuteRequestBody(
    string StrategyName, IReadOnlyDictionary<string, JsonElement>? Parameters, string? UserId, bool? UseCache, bool? AsyncExecution);
