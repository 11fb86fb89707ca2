namespace Headgate.Refresh;

/// <summary>Who goes first among watches that are due; the numbers are the RFC 9218 urgencies the words stand for.</summary>
/// <remarks>It orders refreshing among itself. Towards clients every refresh is background work.</remarks>
public enum WatchPriority
{
    /// <summary>u=0.</summary>
    Critical = 0,

    /// <summary>u=2.</summary>
    High = 2,

    /// <summary>u=4; the default.</summary>
    Medium = 4,

    /// <summary>u=6.</summary>
    Low = 6,
}
