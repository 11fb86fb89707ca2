using Headgate.Gateway.Configuration;
using Headgate.Refresh;

namespace Headgate.Gateway.Operations;

/// <summary>Watches as people write them: a target below the gate, as <c>kite/quote?i=NSE:INFY</c>, an interval, a priority.</summary>
internal static class WatchText
{
    /// <exception cref="WatchException">Something cannot be read; the message names it.</exception>
    public static Watch Parse(string? name, string? target, string? every, string? priority)
    {
        var path = target is null ? "" : target.StartsWith('/') ? target[1..] : target;
        var slash = path.IndexOf('/');
        if (slash <= 0)
        {
            throw new WatchException($"The target '{target}' does not begin with a provider's name and a path, as kite/quote?i=NSE:INFY.");
        }

        return new Watch
        {
            Name = string.IsNullOrEmpty(name) ? path : name,
            Provider = path[..slash],
            Target = path[slash..],
            Interval = Interval(every),
            Priority = Priority(priority),
        };
    }

    /// <summary>An interval; null, empty and <c>auto</c> stand for the priority's own.</summary>
    /// <exception cref="WatchException">It is no duration.</exception>
    public static TimeSpan? Interval(string? every)
    {
        if (string.IsNullOrEmpty(every) || string.Equals(every, "auto", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return DurationText.TryParse(every, out var interval)
            ? interval
            : throw new WatchException($"The interval '{every}' is not a duration such as 30s, 5m or 2h.");
    }

    /// <summary>A strategy; null, empty and <c>auto</c> stand for none pinned.</summary>
    /// <exception cref="WatchException">There is no such strategy.</exception>
    public static RefreshStrategy? Strategy(string? strategy)
    {
        if (string.IsNullOrEmpty(strategy) || string.Equals(strategy, "auto", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return Enum.GetNames<RefreshStrategy>().Contains(strategy, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<RefreshStrategy>(strategy, ignoreCase: true)
            : throw new WatchException($"The strategy '{strategy}' is not aggressive, normal, conservative, minimal or auto.");
    }

    private static WatchPriority Priority(string? priority)
    {
        if (string.IsNullOrEmpty(priority))
        {
            return WatchPriority.Medium;
        }

        return Enum.GetNames<WatchPriority>().Contains(priority, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<WatchPriority>(priority, ignoreCase: true)
            : throw new WatchException($"The priority '{priority}' is not critical, high, medium or low.");
    }
}
