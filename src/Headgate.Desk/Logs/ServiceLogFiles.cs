using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Headgate.Desk.Logs;

/// <summary>A log file per service of the desk, by the category <c>Headgate.Desk.</c> and the service's name; other categories are not its concern.</summary>
/// <remarks>
/// Lines read as the replaced system's did, <c>2026-11-20 10:05:00,123 - stock - INFO - Cache HIT …</c>, in Indian time, so that scripts that look for them
/// still find them. Thread-safe.
/// </remarks>
/// <param name="options">Where and how much.</param>
/// <param name="time">Wall clock of the stamps.</param>
public sealed class ServiceLogFiles(ServiceLogOptions options, TimeProvider time) : ILoggerProvider
{
    /// <summary>What a category begins with.</summary>
    public const string Prefix = "Headgate.Desk.";

    private readonly ConcurrentDictionary<string, RotatingFile> _files = new(StringComparer.Ordinal);

    public ILogger CreateLogger(string categoryName)
    {
        if (!categoryName.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
        }

        // A service's name becomes a file's: nothing else may get into the path.
        var service = string.Concat(categoryName[Prefix.Length..].Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));
        var file = _files.GetOrAdd(service, static (name, of) => new RotatingFile(Path.Combine(of.Directory, name + ".log"), of.BytesMax, of.FilesKept), options);
        return new ServiceLogger(service, file, options.Level, time);
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }
}
