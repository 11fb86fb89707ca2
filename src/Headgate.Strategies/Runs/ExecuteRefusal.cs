namespace Headgate.Strategies.Runs;

/// <summary>Why an execute request brought no status.</summary>
public enum ExecuteRefusal
{
    None,

    /// <summary>404.</summary>
    UnknownStrategy,

    /// <summary>400.</summary>
    InvalidParameters,

    /// <summary>503: more open jobs than the platform takes.</summary>
    QueueFull,

    /// <summary>500: the strategy threw; the run is marked failed.</summary>
    Crashed,
}
