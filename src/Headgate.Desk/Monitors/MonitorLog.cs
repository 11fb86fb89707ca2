using Microsoft.Extensions.Logging;

namespace Headgate.Desk.Monitors;

/// <summary>What the monitors log. Several phrases are the replaced system's own, for its operators look for them.</summary>
internal static partial class MonitorLog
{
    [LoggerMessage(4001, LogLevel.Warning, "{Target} could not be had: {Why}")]
    public static partial void CannotBeHad(ILogger log, string target, string why);

    [LoggerMessage(4002, LogLevel.Information, "API Coordinator enabled: {Monitors} ask through the gate")]
    public static partial void Enabled(ILogger log, string monitors);

    [LoggerMessage(4003, LogLevel.Information, "API Coordinator singleton created")]
    public static partial void Created(ILogger log);

    [LoggerMessage(4004, LogLevel.Information, "Cache HIT: {Names} instruments, {AgeMs} ms old")]
    public static partial void CacheHit(ILogger log, int names, long ageMs);

    [LoggerMessage(4005, LogLevel.Information, "Cache MISS: {Names} instruments")]
    public static partial void CacheMiss(ILogger log, int names);

    [LoggerMessage(4006, LogLevel.Information, "Fetched {Quotes} quotes in {Seconds}s ({Calls} API calls)")]
    public static partial void Fetched(ILogger log, int quotes, double seconds, int calls);

    [LoggerMessage(4007, LogLevel.Information, "Successfully fetched prices for {Got}/{Asked} stocks via API Coordinator")]
    public static partial void Prices(ILogger log, int got, int asked);

    [LoggerMessage(4008, LogLevel.Warning, "API Coordinator error: {Problem}")]
    public static partial void CoordinatorError(ILogger log, string problem);

    [LoggerMessage(4010, LogLevel.Information, "{Monitor} {Cycle:HH:mm}: {Checked} of {Total} checked, {DropAlerts} drop and {RiseAlerts} rise alerts, {Sent} sent, {Errors} errors, {OiStocks} with OI, {Milliseconds} ms")]
    public static partial void CycleDone(ILogger log, string monitor, DateTimeOffset cycle, int @checked, int total, int dropAlerts, int riseAlerts, int sent, int errors, int oiStocks, long milliseconds);

    [LoggerMessage(4011, LogLevel.Information, "{Monitor} {Cycle:HH:mm}: {Note}")]
    public static partial void CycleNote(ILogger log, string monitor, DateTimeOffset cycle, string note);

    [LoggerMessage(4012, LogLevel.Error, "{Monitor} {Cycle:HH:mm} failed; its next cycle runs as planned")]
    public static partial void CycleFailed(ILogger log, Exception error, string monitor, DateTimeOffset cycle);

    [LoggerMessage(4013, LogLevel.Warning, "{Monitor}: {Count} cycles from {First:HH:mm} to {Last:HH:mm} were missed")]
    public static partial void CyclesMissed(ILogger log, string monitor, int count, DateTimeOffset first, DateTimeOffset last);

    [LoggerMessage(4014, LogLevel.Warning, "{Monitor}: its last run could not be recorded ({Why}); after a restart within the minute it may run again")]
    public static partial void RunNotRecorded(ILogger log, string monitor, string why);

    [LoggerMessage(4015, LogLevel.Warning, "{Warning}")]
    public static partial void Calendar(ILogger log, string warning);

    [LoggerMessage(4020, LogLevel.Information, "Futures of {Underlying} rolled over from {From} to {To} (expiry {Expiry})")]
    public static partial void RolledOver(ILogger log, string underlying, string from, string to, DateOnly expiry);

    [LoggerMessage(4021, LogLevel.Information, "Futures map refreshed: {Count} mappings")]
    public static partial void Mapped(ILogger log, int count);

    [LoggerMessage(4022, LogLevel.Information, "Daily bars: {Got} of {Total} stocks loaded for {Day}")]
    public static partial void HistoryLoaded(ILogger log, int got, int total, DateOnly day);
}
