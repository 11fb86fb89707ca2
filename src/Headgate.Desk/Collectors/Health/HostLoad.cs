namespace Headgate.Desk.Collectors.Health;

/// <summary>Shares of the machine in use, 0 to 100; null where they cannot be read.</summary>
/// <param name="Cpu">Of all processors, over the last 5 s or longer; at first since the machine started.</param>
/// <param name="Memory">Of memory.</param>
/// <param name="Disk">Of the disk that holds the data directory.</param>
public sealed record HostLoad(decimal? Cpu, decimal? Memory, decimal? Disk)
{
    private const decimal CriticalAbove = 90;
    private const decimal WarningAbove = 70;

    /// <summary>What they come to.</summary>
    public HostState State
    {
        get
        {
            decimal?[] shares = [Cpu, Memory, Disk];
            return Array.Exists(shares, static share => share > CriticalAbove) ? HostState.Critical
                : Array.Exists(shares, static share => share > WarningAbove) ? HostState.Warning
                : Array.Exists(shares, static share => share is null) ? HostState.Unknown
                : HostState.Healthy;
        }
    }
}
