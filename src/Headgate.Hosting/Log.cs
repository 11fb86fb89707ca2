using Microsoft.Extensions.Logging;

namespace Headgate.Hosting;

/// <summary>Log messages of this project: ids 300–399.</summary>
internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Warning, "{Note}")]
    public static partial void Note(ILogger logger, string note);

    [LoggerMessage(301, LogLevel.Error, "Inside the gate")]
    public static partial void Inside(ILogger logger, Exception problem);
}
