namespace Headgate.Desk.Collectors.Health;

/// <summary>How the machine does.</summary>
public enum HostState
{
    /// <summary>Nothing is above 70 %.</summary>
    Healthy,

    /// <summary>Something could not be read, and nothing that could is above 70 %.</summary>
    Unknown,

    /// <summary>Something is above 70 %.</summary>
    Warning,

    /// <summary>Something is above 90 %.</summary>
    Critical,
}
