using Headgate.Catalogue;

namespace Headgate.Budgets;

/// <summary>Who spends a limit, lately: what refreshing goes by. Not thread-safe: the dispatcher's lock holds it.</summary>
/// <remarks>Kept in memory only: after a restart it counts again from nothing, while what is spent stays spent.</remarks>
internal sealed class LimitUsage
{
    /// <summary>Longer windows are looked at as a whole, shorter ones by the minute.</summary>
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly UsageMeter _minute = new(Minute);
    private UsageMeter? _window;

    public void Add(LimitModel limit, long permits, bool isBackground, EngineTime now)
    {
        _minute.Add(permits, isBackground, now);
        WindowOf(limit)?.Add(permits, isBackground, now);
    }

    /// <summary>Share used in percent: over the last minute, or of the window's permits where the window is longer.</summary>
    public int Percent(LimitState limit, EngineTime now)
    {
        if (limit.Model.Window > Minute)
        {
            return (int)Math.Min(1_000, limit.Used(now) * 100 / limit.Model.Permits);
        }

        var (clients, background) = _minute.Spent(now);
        return (int)Int128.Min(1_000, (Int128)(clients + background) * 100 * limit.Model.Window.Ticks / ((Int128)limit.Model.Permits * Minute.Ticks));
    }

    /// <summary>Permits spent within the last window, or within the last minute where a window is shorter.</summary>
    public (long Clients, long Background) Lately(LimitModel limit, EngineTime now) => (WindowOf(limit) ?? _minute).Spent(now);

    /// <summary>Permits clients spend a minute.</summary>
    public decimal ClientsPerMinute(LimitModel limit, EngineTime now) => WindowOf(limit) is { } window
        ? (decimal)window.Spent(now).Clients * Minute.Ticks / limit.Window.Ticks
        : _minute.Spent(now).Clients;

    /// <summary>Permits background work has spent within this long, at most what <see cref="Lately"/> looks back.</summary>
    public long BackgroundWithin(LimitModel limit, TimeSpan last, EngineTime now) => (WindowOf(limit) ?? _minute).Background(last, now);

    private UsageMeter? WindowOf(LimitModel limit)
    {
        if (limit.Window <= Minute)
        {
            return null;
        }

        if (_window?.Span != limit.Window)
        {
            // New, or the rule has changed: what was counted in other steps cannot be converted.
            _window = new UsageMeter(limit.Window);
        }

        return _window;
    }
}
