namespace Headgate.Refresh;

/// <summary>How much of a budget refreshing takes, from most to least.</summary>
public enum RefreshStrategy
{
    /// <summary>Half the interval (two fifths for critical watches): prices move.</summary>
    Aggressive,

    /// <summary>The interval as stated.</summary>
    Normal,

    /// <summary>Twice the interval.</summary>
    Conservative,

    /// <summary>Four times the interval.</summary>
    Minimal,
}
