namespace Headgate.Strategies.Api;

/// <summary>The body of POST /metrics/reset.</summary>
/// <param name="Status">success.</param>
/// <param name="Strategy">The strategy, or all.</param>
public sealed record ResetBody(string Status, string Strategy);
