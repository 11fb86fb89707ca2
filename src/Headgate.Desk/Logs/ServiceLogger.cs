using System.Globalization;
using Headgate.Desk.Monitors.Hosting;
using Microsoft.Extensions.Logging;

namespace Headgate.Desk.Logs;

/// <summary>Writes one service's lines.</summary>
internal sealed class ServiceLogger(string service, RotatingFile file, LogLevel level, TimeProvider time) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= level && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var message = formatter(state, exception).ReplaceLineEndings(" ");
        var line = string.Create(CultureInfo.InvariantCulture, $"{Ist.Of(time.GetUtcNow()):yyyy-MM-dd HH:mm:ss,fff} - {service} - {Word(logLevel)} - {message}");
        file.WriteLine(exception is null ? line : line + "\n" + exception);
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        _ => "CRITICAL",
    };
}
