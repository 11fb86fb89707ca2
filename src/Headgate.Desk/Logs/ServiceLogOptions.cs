using Microsoft.Extensions.Logging;

namespace Headgate.Desk.Logs;

/// <summary>Where the desk's services log and how much is kept.</summary>
public sealed record ServiceLogOptions
{
    /// <summary>Directory of the log files; made when missing.</summary>
    public required string Directory { get; init; }

    /// <summary>A file that would grow beyond this is set aside first. Bytes, 1,000 or more; default 10 MB.</summary>
    public long BytesMax { get; init; } = 10_000_000;

    /// <summary>Files set aside per service (<c>stock.log.1</c> the latest); default 5. Older ones are deleted.</summary>
    public int FilesKept { get; init; } = 5;

    /// <summary>Least level written. Default <see cref="LogLevel.Information"/>.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;
}
