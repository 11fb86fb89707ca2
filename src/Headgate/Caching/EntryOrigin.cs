namespace Headgate.Caching;

/// <summary>Which upstream a provider's entries came from.</summary>
/// <param name="Provider">Provider name.</param>
/// <param name="Origin">A keyed hash of its base URL, which may hold a key in its path.</param>
public sealed record EntryOrigin(string Provider, IdentityHash Origin);
