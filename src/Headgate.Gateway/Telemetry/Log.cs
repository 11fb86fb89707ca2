using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Telemetry;

/// <summary>Log messages of this project. Ids: proxy 100–199. Targets, headers and keys are never logged: they may hold credentials.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Error, "Request {RequestId} to {Provider} failed inside the gate")]
    public static partial void RequestFailed(ILogger logger, long requestId, string provider, Exception error);

    [LoggerMessage(101, LogLevel.Warning, "Request {RequestId} to {Provider}: the upstream's body broke off after the answer had begun; the client's connection is aborted")]
    public static partial void BodyBrokeOff(ILogger logger, long requestId, string provider);

    [LoggerMessage(102, LogLevel.Warning, "Request {RequestId} to {Provider}: upstream header {Header} cannot be passed on and is left out")]
    public static partial void HeaderLeftOut(ILogger logger, long requestId, string provider, string header);
}
