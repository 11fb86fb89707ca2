namespace Headgate.Caching;

/// <summary>Which entries; what is null is not asked. Immutable.</summary>
public sealed record EntryFilter
{
    /// <summary>A provider (<c>kite</c>) or one endpoint (<c>kite.quote</c>); ordinal.</summary>
    public string? Scope { get; init; }

    /// <summary>The item exactly as its key names it.</summary>
    public string? Item { get; init; }

    /// <summary>Items whose key contains this; ordinal.</summary>
    public string? ItemContains { get; init; }

    /// <summary>Only what was sent before this.</summary>
    public EngineTime? SentBefore { get; init; }

    /// <summary>Only what may not be served any more at this moment.</summary>
    public EngineTime? UselessAt { get; init; }

    /// <summary>Entries at most, 1 or more; default 1,000.</summary>
    public int Max { get; init; } = 1_000;

    /// <summary>Does the filter match, its bound aside?</summary>
    public bool Matches(EntryInfo entry) =>
        IsIn(Scope, entry.Key.Endpoint)
        && (Item is null || string.Equals(Item, entry.Key.Id, StringComparison.Ordinal))
        && (ItemContains is null || entry.Key.Id.Contains(ItemContains, StringComparison.Ordinal))
        && (SentBefore is not { } before || entry.SentAt < before)
        && (UselessAt is not { } at || entry.StaleUntil < at);

    /// <summary>Is an endpoint the scope itself, or one of the provider it names?</summary>
    public static bool IsIn(string? scope, string endpoint) =>
        scope is null
        || string.Equals(scope, endpoint, StringComparison.Ordinal)
        || (endpoint.Length > scope.Length && endpoint[scope.Length] == '.' && endpoint.StartsWith(scope, StringComparison.Ordinal));
}
