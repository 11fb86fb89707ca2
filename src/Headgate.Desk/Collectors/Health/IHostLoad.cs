namespace Headgate.Desk.Collectors.Health;

/// <summary>Reads how busy the machine is. Thread-safe; what cannot be read is null and never an exception.</summary>
public interface IHostLoad
{
    /// <summary>Now.</summary>
    HostLoad Read();
}
