using System.Text.Json;

namespace Headgate.Strategies.Runs;

/// <summary>A request to run a strategy.</summary>
public sealed record ExecuteRequest(
    string StrategyName, IReadOnlyDictionary<string, JsonElement> Parameters, string UserId = "system", bool UseCache = true, bool AsyncExecution = false);
