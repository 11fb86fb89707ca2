namespace Headgate.Caching;

/// <summary>What an entry is worth to one demand.</summary>
internal enum Verdict
{
    /// <summary>Not usable, whatever happens.</summary>
    Unusable,

    /// <summary>Usable only when a fetch does not succeed in time.</summary>
    StaleIfFailing,

    /// <summary>Stale, within the endpoint's revalidate window: served at once, fetched behind.</summary>
    StaleRevalidate,

    /// <summary>Stale, and the client said that is fine: served at once, nothing fetched.</summary>
    StaleAllowed,

    /// <summary>Fresh.</summary>
    Fresh,
}
