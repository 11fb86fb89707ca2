namespace Headgate.Desk.Collectors.Readings;

/// <summary>How good a reading is.</summary>
public enum ReadingState
{
    /// <summary>As new as its interval asks.</summary>
    Fresh,

    /// <summary>Older than that, because nothing newer could be had; its reason says why.</summary>
    Stale,

    /// <summary>There is no value, and its reason says why. None is made up.</summary>
    Unavailable,
}
