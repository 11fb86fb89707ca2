using Microsoft.Extensions.Logging;

namespace Headgate.Cli.Monitoring;

/// <summary>What the desk logs beside its monitors.</summary>
internal static partial class LiveDeskLog
{
    [LoggerMessage(4101, LogLevel.Critical, "Kite refused the access token: {Why}")]
    public static partial void TokenInvalid(ILogger log, string why);

    [LoggerMessage(4102, LogLevel.Warning, "Whether Kite takes the access token could not be learnt: {Why}")]
    public static partial void TokenUnknown(ILogger log, string why);

    [LoggerMessage(4103, LogLevel.Warning, "Kite flushes the access token at {At:HH:mm}: under two hours are left")]
    public static partial void TokenExpires(ILogger log, DateTimeOffset at);

    [LoggerMessage(4104, LogLevel.Warning, "{Problem}")]
    public static partial void Delivery(ILogger log, string problem);

    [LoggerMessage(4105, LogLevel.Error, "{System} failed and begins again in {Pause}; the gate and the other systems go on")]
    public static partial void SystemFailed(ILogger log, Exception problem, string system, TimeSpan pause);
}
