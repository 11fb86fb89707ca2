namespace Headgate.Strategies.Api;

/// <summary>The body of POST /cache/invalidate.</summary>
/// <param name="Status">success.</param>
/// <param name="DeletedEntries">Results removed; what is kept beside them is not counted.</param>
/// <param name="Strategy">The strategy, or all.</param>
public sealed record CacheInvalidationBody(string Status, long DeletedEntries, string Strategy);
